/**
 * How a key changes between messages. Whoever calls these has locked the key's row.
 *
 * Writers hold a key's row in share mode that does not hinder those who lease and settle. Only whoever removes the row
 * needs it alone, takes it without waiting, and then looks again: a writer that was at work may have added to the key.
 */
export const keyFunctions = (s: string): string => `
create function ${s}.is_removed_when_empty(_queue integer, _key uuid) returns boolean
language plpgsql volatile
as $$
begin
  perform 1 from ${s}.keys k where k.queue = _queue and k.key = _key for update skip locked;
  if not found then return false; end if;
  delete from ${s}.keys k where k.queue = _queue and k.key = _key
    and not exists (select from ${s}.messages m where m.queue = _queue and m.key = _key);
  return found;
end $$;

-- The first message changed: it has had no lease, and it may be delayed. A ready key keeps its turn.
create function ${s}.advance(_queue integer, _key uuid, _now timestamptz) returns void
language plpgsql volatile
as $$
declare
  _ready_at timestamptz;
begin
  select m.ready_at into _ready_at from ${s}.messages m
    where m.queue = _queue and m.key = _key order by m.seq limit 1;
  if not found then
    if ${s}.is_removed_when_empty(_queue, _key) then return; end if;
    select m.ready_at into _ready_at from ${s}.messages m
      where m.queue = _queue and m.key = _key order by m.seq limit 1;
  end if;
  if _ready_at <= _now then _ready_at := null; end if;
  update ${s}.keys k set
    turn = case when _ready_at is null then coalesce(k.turn, nextval('${s}.counter')) end,
    due_at = _ready_at, blocked_by = null, head = null, attempt = 0, token = null, seqs = null
    where k.queue = _queue and k.key = _key;
end $$;

-- The first of the lease is gone: the others of it stay leased, or the key goes on.
create function ${s}.step(_key ${s}.keys, _now timestamptz) returns void
language plpgsql volatile
as $$
begin
  if cardinality(_key.seqs) > 1 then
    update ${s}.keys k set seqs = _key.seqs[2:], head = _key.seqs[2], attempt = 1
      where k.queue = _key.queue and k.key = _key.key;
  else
    perform ${s}.advance(_key.queue, _key.key, _now);
  end if;
end $$;

-- Makes the message that the attempts count for a dead letter.
create function ${s}.set_aside(_key ${s}.keys, _reason text, _blocks boolean, _now timestamptz)
returns void language plpgsql volatile
as $$
declare
  _id bigint;
begin
  with gone as (
    delete from ${s}.messages m
      where m.queue = _key.queue and m.key = _key.key and m.seq = _key.head returning m.*
  )
  insert into ${s}.dead (queue, seq, id, key, ordering_key, dedupe_key, body, attempt, reason,
      is_blocking, enqueued_at, dead_at)
    select queue, seq, id, key, ordering_key, dedupe_key, body, _key.attempt, _reason,
      _blocks, enqueued_at, _now from gone
    returning id into _id;
  if _blocks and _id is not null then
    update ${s}.keys k set turn = null, due_at = null, blocked_by = _id, head = null, attempt = 0,
      token = null, seqs = null
      where k.queue = _key.queue and k.key = _key.key;
  else
    perform ${s}.step(_key, _now);
  end if;
end $$;

-- Rows of keys that are about to get messages, made where missing, held until the end of the transaction in one order
-- for all callers, so that none waits for another in a circle. A row may vanish between the two steps.
create function ${s}.hold_keys(_queue integer, _keys uuid[], _ready timestamptz[])
returns void language plpgsql volatile
as $$
declare
  _held bigint;
  _wanted uuid[] := array(select distinct k from unnest(_keys) k order by k);
begin
  loop
    insert into ${s}.keys (queue, key, turn, due_at)
      select _queue, key, case when ready_at is null then nextval('${s}.counter') end, ready_at
      from (
        select distinct on (key) key, ready_at
        from unnest(_keys, _ready) with ordinality as given(key, ready_at, n) order by key, n
      ) first
      on conflict do nothing;
    perform 1 from ${s}.keys k where k.queue = _queue and k.key = any(_wanted)
      order by k.key for key share;
    get diagnostics _held = row_count;
    exit when _held = cardinality(_wanted);
  end loop;
end $$;
`;
