import type { Fields } from "../../../connections/connection";
import type { QueueDriver } from "../../driver";
import { createCalls } from "./calls";
import { createDeadLetterVerbs } from "./dead-letters";
import { createEnqueue, createLease } from "./messages";
import { readSettings } from "./settings";
import { createSettling } from "./settle";
import { postgresTraits } from "./traits";
import { createUpkeep } from "./upkeep";

/**
 * Queues in a schema of a PostgreSQL database. Nothing is kept in a session, so that a proxy may give each transaction
 * another one.
 *
 * @throws HooklineError CONNECTION_INVALID if the fields cannot lead to a database.
 */
export const openPostgresDriver = (fields: Fields): QueueDriver => {
  const settings = readSettings(fields);
  const calls = createCalls(settings);
  return {
    traits: postgresTraits,
    place: JSON.stringify([settings.database, settings.schema]),
    enqueue: createEnqueue(calls),
    lease: createLease(calls),
    ...createSettling(calls),
    ...createDeadLetterVerbs(calls),
    ...createUpkeep(calls),
    close: calls.close,
  };
};
