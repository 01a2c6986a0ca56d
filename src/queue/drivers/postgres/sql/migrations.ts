import { deadLetterFunctions } from "./dead-letter-functions";
import { enqueueFunction } from "./enqueue-function";
import { ground } from "./ground";
import { keyFunctions } from "./key-functions";
import { leaseFunction } from "./lease-function";
import { removeFunctions } from "./remove-functions";
import { settleFunctions } from "./settle-functions";
import { statusFunction } from "./status-function";
import { tables } from "./tables";

const firstVersion = (s: string): string =>
  [
    tables,
    ground,
    keyFunctions,
    enqueueFunction,
    leaseFunction,
    settleFunctions,
    deadLetterFunctions,
    statusFunction,
    removeFunctions,
  ]
    .map((part) => part(s))
    .join("");

/** Each leads from the version before to its own; the first, from nothing to 1. One that was published never changes. */
export const migrations: readonly ((schema: string) => string)[] = [firstVersion];
