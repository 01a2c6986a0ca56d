import { BY_INDEX } from "./ground";

/** More than a run can hold in memory would never be settled; a lease then has fewer messages. */
const MOST_BYTES = 33_554_432;

/**
 * Keys are taken one at a time, past those that another call has in hand: in turn from those that are ready, in the order
 * of their turns, and from those whose delay or lease is over. So neither kind can starve the other. A turn is a number
 * from a sequence: a clock that jumps does not hold up what is ready.
 *
 * A message with a smaller place than the one that the attempts count for was committed late; that one stays first, and
 * goes alone, because those behind it may have to come after the late one.
 */
export const leaseFunction = (s: string): string => `
-- A key that is free, locked: ready since it got its turn, or since its delay or lease was over.
create function ${s}.free_key(_queue integer, _is_due boolean, _turn bigint, _now timestamptz)
returns ${s}.keys language plpgsql volatile
as $$
declare
  _key ${s}.keys;
begin
  if _is_due then
    select k.* into _key from ${s}.keys k where k.queue = _queue and k.due_at <= _now
      order by k.due_at limit 1 for no key update skip locked;
  else
    select k.* into _key from ${s}.keys k where k.queue = _queue and k.turn > _turn
      order by k.turn limit 1 for no key update skip locked;
  end if;
  return _key;
end $$;

create function ${s}.lease(_name text, _most integer, _most_per_key integer, _seconds integer,
  _attempts integer, _blocks boolean, _reason text, _token uuid)
returns table (key uuid, seq bigint, id bigint, ordering_key text, dedupe_key text, body text,
  attempt integer, enqueued_at bigint, expires_at bigint)
language plpgsql volatile ${BY_INDEX}
as $$
#variable_conflict use_column
declare
  _queue integer := ${s}.find_queue(_name);
  _now timestamptz := ${s}.clock();
  _expires_at timestamptz := _now + make_interval(secs => _seconds);
  _room integer := _most;
  _bytes bigint := 0;
  _turn bigint := 0;
  _is_due boolean := random() < 0.5;
  _was_none boolean := false;
  _key ${s}.keys;
  _message ${s}.messages;
  _run integer;
  _seqs bigint[];
begin
  while _room > 0 and _bytes < ${MOST_BYTES} loop
    _key := ${s}.free_key(_queue, _is_due, _turn, _now);
    exit when _key.key is null and _was_none;
    _was_none := _key.key is null;
    _is_due := not _is_due;
    continue when _was_none;
    _turn := coalesce(_key.turn, _turn);
    if _key.attempt >= _attempts then
      _key.seqs := null;
      perform ${s}.set_aside(_key, _reason, _blocks, _now);
      select k.* into _key from ${s}.keys k
        where k.queue = _queue and k.key = _key.key and k.turn is not null;
      continue when not found;
    end if;
    _run := least(_most_per_key, _room);
    if _key.head is not null then
      perform 1 from ${s}.messages m
        where m.queue = _queue and m.key = _key.key and m.seq < _key.head limit 1;
      if found then _run := 1; end if;
    end if;
    _seqs := '{}';
    for _message in
      select m.* from ${s}.messages m
        where m.queue = _queue and m.key = _key.key and m.seq >= coalesce(_key.head, 0)
        order by m.seq limit _run
    loop
      exit when _message.ready_at > _now and (_key.attempt = 0 or _seqs <> '{}');
      _bytes := _bytes + octet_length(_message.body);
      exit when _bytes > ${MOST_BYTES} and _room < _most;
      attempt := case when _seqs = '{}' then _key.attempt + 1 else 1 end;
      _seqs := _seqs || _message.seq;
      _room := _room - 1;
      key := _message.key;
      seq := _message.seq;
      id := _message.id;
      ordering_key := _message.ordering_key;
      dedupe_key := _message.dedupe_key;
      body := _message.body;
      enqueued_at := ${s}.millis(_message.enqueued_at);
      expires_at := ${s}.millis(_expires_at);
      return next;
    end loop;
    if _seqs <> '{}' then
      update ${s}.keys k set turn = null, due_at = _expires_at, head = _seqs[1],
        attempt = k.attempt + 1, token = _token, seqs = _seqs
        where k.queue = _queue and k.key = _key.key;
    elsif _bytes <= ${MOST_BYTES} then
      perform ${s}.advance(_queue, _key.key, _now);
    end if;
  end loop;
end $$;
`;
