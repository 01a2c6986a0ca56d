import { BY_INDEX } from "./ground";

/** More than a run can hold in memory would never be settled; a lease then has fewer messages. */
const MOST_BYTES = 33_554_432;

/**
 * Keys are taken one at a time, in the order in which they became ready, past those that another call has in hand. A
 * turn is a number from a sequence, so that a clock that jumps does not hold up what is ready.
 *
 * A message with a smaller place than the one that the attempts count for was committed late; that one stays first, and
 * goes alone, because those behind it may have to come after the late one.
 */
export const leaseFunction = (s: string): string => `
-- Keys whose delay or lease is over get a turn. An expired lease is lost from here on, if it was not before.
create function ${s}.wake(_queue integer, _now timestamptz, _most integer) returns void
language plpgsql volatile
as $$
declare
  _key uuid;
begin
  for _key in
    select k.key from ${s}.keys k where k.queue = _queue and k.due_at <= _now
      order by k.due_at limit _most for no key update skip locked
  loop
    update ${s}.keys k set turn = nextval('${s}.counter'), due_at = null, token = null, seqs = null
      where k.queue = _queue and k.key = _key;
  end loop;
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
  _key ${s}.keys;
  _message ${s}.messages;
  _run integer;
  _seqs bigint[];
begin
  perform ${s}.wake(_queue, _now, greatest(_most, 100));
  while _room > 0 and _bytes < ${MOST_BYTES} loop
    select k.* into _key from ${s}.keys k where k.queue = _queue and k.turn > _turn
      order by k.turn limit 1 for no key update skip locked;
    exit when not found;
    _turn := _key.turn;
    if _key.attempt >= _attempts then
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
