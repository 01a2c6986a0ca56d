import { BY_INDEX } from "./ground";

/** Each finds its key by the lease's token; the clock is looked at when the row is held. */
export const settleFunctions = (s: string): string => `
create function ${s}.held_key(_name text, _key uuid, _seq bigint, _token uuid) returns ${s}.keys
language plpgsql volatile
as $$
declare
  _held ${s}.keys;
begin
  select k.* into _held from ${s}.keys k
    where k.queue = ${s}.find_queue(_name) and k.key = _key for no key update;
  if _held.token = _token and _held.due_at > ${s}.clock() and _seq = any(_held.seqs) then
    return _held;
  end if;
  return null;
end $$;

create function ${s}.acknowledge(_name text, _key uuid, _seq bigint, _token uuid) returns text
language plpgsql volatile ${BY_INDEX}
as $$
declare
  _held ${s}.keys := ${s}.held_key(_name, _key, _seq, _token);
begin
  if _held.key is null then return 'stale'; end if;
  if _held.seqs[1] <> _seq then return 'early'; end if;
  delete from ${s}.messages m
    where m.queue = _held.queue and m.key = _key and m.seq = _seq;
  perform ${s}.step(_held, ${s}.clock());
  return 'done';
end $$;

-- Keys are held in one order by all callers; the messages of a key are taken in the order given.
create function ${s}.acknowledge_all(_name text, _keys uuid[], _seqs bigint[], _tokens uuid[])
returns text[] language plpgsql volatile ${BY_INDEX}
as $$
declare
  _answers text[] := array_fill(null::text, array[cardinality(_keys)]);
  _given record;
begin
  for _given in
    select g.* from unnest(_keys, _seqs, _tokens) with ordinality as g(key, seq, token, n)
      order by g.key, g.n
  loop
    _answers[_given.n] := ${s}.acknowledge(_name, _given.key, _given.seq, _given.token);
  end loop;
  return _answers;
end $$;

create function ${s}.dead_letter(_name text, _key uuid, _seq bigint, _token uuid, _reason text,
  _blocks boolean)
returns text language plpgsql volatile ${BY_INDEX}
as $$
declare
  _held ${s}.keys := ${s}.held_key(_name, _key, _seq, _token);
begin
  if _held.key is null then return 'stale'; end if;
  if _held.seqs[1] <> _seq then return 'early'; end if;
  perform ${s}.set_aside(_held, _reason, _blocks, ${s}.clock());
  return 'done';
end $$;

-- Without a delay the key is ready whatever becomes of the clock.
create function ${s}.release(_name text, _key uuid, _seq bigint, _token uuid, _delay integer)
returns text language plpgsql volatile ${BY_INDEX}
as $$
declare
  _held ${s}.keys := ${s}.held_key(_name, _key, _seq, _token);
  _available_at timestamptz := ${s}.clock() + make_interval(secs => _delay);
begin
  if _held.key is null then return 'stale'; end if;
  if _held.seqs[1] <> _seq then return 'early'; end if;
  update ${s}.keys k set
    turn = case when _delay = 0 then nextval('${s}.counter') end,
    due_at = case when _delay > 0 then _available_at end,
    token = null, seqs = null
    where k.queue = _held.queue and k.key = _key;
  return ${s}.millis(_available_at)::text;
end $$;

create function ${s}.extend(_name text, _key uuid, _seq bigint, _token uuid, _seconds integer)
returns text language plpgsql volatile ${BY_INDEX}
as $$
declare
  _held ${s}.keys := ${s}.held_key(_name, _key, _seq, _token);
  _expires_at timestamptz := ${s}.clock() + make_interval(secs => _seconds);
begin
  if _held.key is null then return 'stale'; end if;
  update ${s}.keys k set due_at = _expires_at where k.queue = _held.queue and k.key = _key;
  return ${s}.millis(_expires_at)::text;
end $$;
`;
