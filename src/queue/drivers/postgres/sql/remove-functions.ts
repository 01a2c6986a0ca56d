import { BUILT_IN_ONLY, BY_INDEX } from "./ground";

/**
 * A removed queue loses its name at once, and with it everything that can be reached; its rows are swept afterwards, a
 * part with each call. It keeps its row for an hour, so that a writer that was at work while it went is swept as well.
 */
export const removeFunctions = (s: string): string => `
create function ${s}.remove(_name text) returns void language plpgsql volatile
${BUILT_IN_ONLY}
as $$
begin
  update ${s}.queues set name = null, removed_at = ${s}.clock() where name = _name;
end $$;

-- Whether there may be more to sweep.
create function ${s}.sweep(_most integer) returns boolean language plpgsql volatile ${BY_INDEX}
as $$
declare
  _gone integer[] := array(select q.queue from ${s}.queues q where q.name is null);
  _queue integer;
  _count bigint;
begin
  foreach _queue in array _gone loop
    delete from ${s}.messages where ctid = any(array(
      select m.ctid from ${s}.messages m where m.queue = _queue limit _most));
    get diagnostics _count = row_count;
    if _count > 0 then return true; end if;
    delete from ${s}.keys where ctid = any(array(
      select k.ctid from ${s}.keys k where k.queue = _queue limit _most));
    get diagnostics _count = row_count;
    if _count > 0 then return true; end if;
    delete from ${s}.dedupe where ctid = any(array(
      select d.ctid from ${s}.dedupe d where d.queue = _queue limit _most));
    get diagnostics _count = row_count;
    if _count > 0 then return true; end if;
    delete from ${s}.dead where ctid = any(array(
      select d.ctid from ${s}.dead d where d.queue = _queue limit _most));
    get diagnostics _count = row_count;
    if _count > 0 then return true; end if;
    delete from ${s}.queues q
      where q.queue = _queue and q.removed_at < ${s}.clock() - interval '1 hour';
  end loop;
  return false;
end $$;
`;
