/**
 * Other users of the database may put functions and operators of their own into a schema of the search path, and the one
 * whose types fit best is taken, even if PostgreSQL has one of that name: https://nvd.nist.gov/vuln/detail/CVE-2018-1058
 */
export const BUILT_IN_ONLY = "set search_path = pg_catalog, pg_temp";

/**
 * Plans are made once for each connection, perhaps while the tables are empty, and must still be right when they hold
 * millions of rows: only ways over an index are allowed, whatever the statistics say.
 */
export const BY_INDEX = `${BUILT_IN_ONLY} set enable_seqscan = off set enable_bitmapscan = off set plan_cache_mode = force_generic_plan`;

/** What the functions of all verbs stand on. */
export const ground = (s: string): string => `
create function ${s}.clock() returns timestamptz language sql volatile
as $$ select clock_timestamp() $$;

-- For clients, whatever DateStyle and time zone say.
create function ${s}.millis(_time timestamptz) returns bigint language sql stable
as $$ select floor(extract(epoch from _time) * 1000)::bigint $$;

-- Each statement has to see what was committed before it: an isolation level that hides it would lose messages.
create function ${s}.find_queue(_name text) returns integer language plpgsql volatile
as $$
declare
  _queue integer;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'transactions are % here', current_setting('transaction_isolation')
      using errcode = 'HKISO';
  end if;
  select q.queue into _queue from ${s}.queues q where q.name = _name;
  return _queue;
end $$;

create function ${s}.open_queue(_name text) returns integer language plpgsql volatile
${BUILT_IN_ONLY}
as $$
declare
  _queue integer := ${s}.find_queue(_name);
begin
  while _queue is null loop
    insert into ${s}.queues (name) values (_name) on conflict do nothing;
    _queue := ${s}.find_queue(_name);
  end loop;
  return _queue;
end $$;
`;
