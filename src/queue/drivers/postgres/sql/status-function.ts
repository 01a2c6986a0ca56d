import { BUILT_IN_ONLY } from "./ground";

/**
 * Counts every message once, by the state of its key; the oldest keys are those whose first message has the first place.
 *
 * Nested loops are forbidden: statistics that are older than a burst of new keys make them look cheap, and then the time
 * grows with the square of the keys.
 */
export const statusFunction = (s: string): string => `
create function ${s}.status(_name text)
returns table (ready bigint, delayed bigint, leased bigint, blocked bigint, dead bigint,
  blocked_keys bigint, oldest_ready_seconds float8, oldest_keys json)
language plpgsql volatile ${BUILT_IN_ONLY} set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  _queue integer := ${s}.find_queue(_name);
  _now timestamptz := ${s}.clock();
begin
  return query
  with backlog as (
    select m.key, count(*) as messages, min(m.seq) as seq
    from ${s}.messages m where m.queue = _queue group by m.key
  ), standing as materialized (
    select k.key, b.seq, coalesce(b.messages, 0) as messages,
      case
        when k.blocked_by is not null then 'blocked'
        when k.due_at > _now and k.token is not null then 'leased'
        when k.due_at > _now then 'delayed'
        else 'ready'
      end as state,
      coalesce(cardinality(k.seqs), 0) as held
    from ${s}.keys k left join backlog b on b.key = k.key where k.queue = _queue
  ), counted as (
    select sum(messages) filter (where state = 'ready') as ready,
      sum(messages) filter (where state = 'delayed') as delayed,
      sum(held) filter (where state = 'leased') as leased,
      sum(messages - held) filter (where state = 'leased') as behind,
      sum(messages) filter (where state = 'blocked') as blocked,
      count(*) filter (where state = 'blocked') as blocked_keys
    from standing
  ), oldest as (
    select * from standing where seq is not null order by seq limit 10
  )
  select (coalesce(c.ready, 0) + coalesce(c.behind, 0))::bigint, coalesce(c.delayed, 0)::bigint,
    coalesce(c.leased, 0)::bigint, coalesce(c.blocked, 0)::bigint,
    (select count(*) from ${s}.dead d where d.queue = _queue), c.blocked_keys,
    (select extract(epoch from _now - min(m.enqueued_at))::float8
      from standing t join ${s}.messages m on m.queue = _queue and m.key = t.key and m.seq = t.seq
      where t.state = 'ready'),
    (select json_agg(json_build_object('key', m.ordering_key, 'messages', o.messages,
        'seconds', extract(epoch from _now - m.enqueued_at), 'state', o.state) order by o.seq)
      from oldest o join ${s}.messages m on m.queue = _queue and m.key = o.key and m.seq = o.seq)
  from counted c;
end $$;
`;
