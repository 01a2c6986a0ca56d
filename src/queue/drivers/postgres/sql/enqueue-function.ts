import { BY_INDEX } from "./ground";

/**
 * Order matters three times. Dedupe keys are taken sorted, and keys after them sorted, so that writers cannot wait for
 * one another in a circle. Places in the line (`seq`) are given only once the keys are held: whoever made a key has
 * finished then, so that its delay covers what comes behind it. Expired dedupe keys go last, because nothing is waited
 * for after that: two for each new one, so that they become fewer, and those of an hour ago, so that a clock that is set
 * back forgets nothing.
 */
export const enqueueFunction = (s: string): string => `
create function ${s}.enqueue(_name text, _keys uuid[], _ordering_keys text[], _hashes bytea[],
  _dedupe_keys text[], _bodies text[], _delays integer[], _window integer)
returns table (is_new boolean, id bigint) language plpgsql volatile ${BY_INDEX}
as $$
#variable_conflict use_column
declare
  _queue integer := ${s}.open_queue(_name);
  _now timestamptz := ${s}.clock();
  _fresh bigint[];
  _ids bigint[];
begin
  with given as materialized (
    select hash, n, nextval('${s}.counter') as id from (
      select hash, min(n) as n from unnest(_hashes) with ordinality as g(hash, n)
      group by hash order by hash
    ) first
  ), taken as (
    insert into ${s}.dedupe as d (queue, hash, id, expires_at)
      select _queue, hash, id, _now + make_interval(secs => _window) from given order by hash
      on conflict (queue, hash) do update set id = excluded.id, expires_at = excluded.expires_at
        where d.expires_at <= _now
      returning d.hash, d.id
  )
  select array_agg(g.n order by g.n), array_agg(g.id order by g.n) into _fresh, _ids
    from taken t join given g on g.hash = t.hash;

  if _fresh is not null then
    perform ${s}.hold_keys(_queue, array_agg(g.key order by g.n), array_agg(
        case when g.delay > 0 then _now + make_interval(secs => g.delay) end order by g.n))
      from unnest(_keys, _delays) with ordinality as g(key, delay, n) where g.n = any(_fresh);
    insert into ${s}.messages (queue, key, seq, id, ordering_key, dedupe_key, body, enqueued_at,
        ready_at)
      select _queue, key, nextval('${s}.counter'), id, ordering_key, dedupe_key, body, _now,
        case when delay > 0 then _now + make_interval(secs => delay) end
      from (
        select * from unnest(_fresh, _ids) as f(n, id)
        join unnest(_keys, _ordering_keys, _dedupe_keys, _bodies, _delays) with ordinality
          as g(key, ordering_key, dedupe_key, body, delay, n) using (n)
        order by n
      ) in_order;
  end if;

  return query
    select f.id is not null, coalesce(f.id,
      (select d.id from ${s}.dedupe d where d.queue = _queue and d.hash = g.hash))
    from unnest(_hashes) with ordinality as g(hash, n)
    left join unnest(_fresh, _ids) as f(n, id) on f.n = g.n
    order by g.n;

  delete from ${s}.dedupe d where d.ctid = any(array(
    select e.ctid from ${s}.dedupe e where e.expires_at <= _now - interval '1 hour'
    order by e.expires_at limit 10 + 2 * cardinality(_hashes) for update skip locked));
end $$;
`;
