import { BY_INDEX } from "./ground";

/** More than a run can hold in memory; a page then has fewer dead letters. */
const MOST_BYTES = 33_554_432;

/**
 * Redriving and discarding go through the list from old to new, a part with each call, up to where it ended when the
 * first part was done: what dies again meanwhile is not taken twice. Dead letters are locked in the order of the list
 * and keys sorted, as writers do it.
 */
export const deadLetterFunctions = (s: string): string => `
create function ${s}.list_dead(_name text, _after bigint, _most integer)
returns table (seq bigint, is_last boolean, id bigint, ordering_key text, dedupe_key text,
  body text, attempt integer, reason text, is_blocking boolean, enqueued_at bigint, dead_at bigint)
language plpgsql volatile ${BY_INDEX}
as $$
#variable_conflict use_column
begin
  return query
    select seq, next is null, id, ordering_key, dedupe_key, body, attempt, reason, is_blocking,
      ${s}.millis(enqueued_at), ${s}.millis(dead_at)
    from (
      select d.*, lead(d.seq) over list as next, row_number() over list as n,
        sum(octet_length(d.body)) over list as bytes
      from (
        select * from ${s}.dead where queue = ${s}.find_queue(_name) and seq > _after
        order by seq limit _most + 1
      ) d
      window list as (order by d.seq)
    ) page
    where n <= _most and (n = 1 or bytes <= ${MOST_BYTES})
    order by seq;
end $$;

create function ${s}.take_dead(_queue integer, _ids bigint[], _after bigint, _until bigint,
  _most integer)
returns bigint[] language plpgsql volatile
as $$
begin
  if _ids is null then
    return array(select d.seq from ${s}.dead d
      where d.queue = _queue and d.seq > _after and d.seq <= _until
      order by d.seq limit _most for update);
  end if;
  return array(select d.seq from ${s}.dead d
    where d.queue = _queue and d.id = any(_ids) and d.seq > _after and d.seq <= _until
    order by d.seq limit _most for update);
end $$;

create function ${s}.redrive(_name text, _ids bigint[], _after bigint, _until bigint,
  _most integer)
returns table (moved integer, last bigint, until bigint)
language plpgsql volatile ${BY_INDEX}
as $$
#variable_conflict use_column
declare
  _queue integer := ${s}.find_queue(_name);
  _end bigint := coalesce(_until, nextval('${s}.counter'));
  _seqs bigint[] := ${s}.take_dead(_queue, _ids, _after, _end, _most);
  _key record;
begin
  perform ${s}.hold_keys(_queue, array_agg(d.key), array_agg(null::timestamptz))
    from ${s}.dead d where d.queue = _queue and d.seq = any(_seqs) having count(*) > 0;
  insert into ${s}.messages (queue, key, seq, id, ordering_key, dedupe_key, body, enqueued_at)
    select _queue, key, case when is_blocking then seq else nextval('${s}.counter') end, id,
      ordering_key, dedupe_key, body, enqueued_at
    from (select * from ${s}.dead where queue = _queue and seq = any(_seqs) order by seq) d;
  for _key in
    select d.key, d.id from ${s}.dead d
      where d.queue = _queue and d.seq = any(_seqs) and d.is_blocking order by d.key
  loop
    update ${s}.keys k set blocked_by = null, turn = nextval('${s}.counter')
      where k.queue = _queue and k.key = _key.key and k.blocked_by = _key.id;
  end loop;
  delete from ${s}.dead d where d.queue = _queue and d.seq = any(_seqs);
  return query select cardinality(_seqs), _seqs[cardinality(_seqs)], _end;
end $$;

create function ${s}.discard(_name text, _ids bigint[], _after bigint, _until bigint,
  _most integer)
returns table (moved integer, last bigint, until bigint)
language plpgsql volatile ${BY_INDEX}
as $$
#variable_conflict use_column
declare
  _queue integer := ${s}.find_queue(_name);
  _now timestamptz := ${s}.clock();
  _end bigint := coalesce(_until, nextval('${s}.counter'));
  _seqs bigint[] := ${s}.take_dead(_queue, _ids, _after, _end, _most);
  _key record;
begin
  for _key in
    select d.key, d.id from ${s}.dead d
      where d.queue = _queue and d.seq = any(_seqs) and d.is_blocking order by d.key
  loop
    perform 1 from ${s}.keys k where k.queue = _queue and k.key = _key.key
      and k.blocked_by = _key.id for no key update;
    if found then perform ${s}.advance(_queue, _key.key, _now); end if;
  end loop;
  delete from ${s}.dead d where d.queue = _queue and d.seq = any(_seqs);
  return query select cardinality(_seqs), _seqs[cardinality(_seqs)], _end;
end $$;
`;
