import type { Fields } from "../../../connections/connection";
import type { QueueDriver } from "../../driver";
import { createListDeadLetters } from "./dead-letters";
import { createEnqueue } from "./enqueue";
import { createLease } from "./lease";
import { createDiscard, createRedrive } from "./redrive";
import { createRequest } from "./request";
import { SERVER_CLOCK } from "./script";
import { readAddress, readPrefix } from "./server/address";
import { createFleet } from "./server/fleet";
import { createSettling } from "./settle";
import { createStats } from "./status";
import { redisTraits } from "./traits";
import { createUpkeep } from "./upkeep";

export interface RedisDriverOptions {
  /** A Lua expression for the milliseconds, instead of the server's clock; for tests. */
  readonly clock?: string;
}

/** @throws HooklineError CONNECTION_INVALID for fields that lead nowhere. */
export const openRedisDriver = (
  fields: Fields,
  { clock = SERVER_CLOCK }: RedisDriverOptions = {},
): QueueDriver => {
  const address = readAddress(fields);
  const prefix = readPrefix(fields);
  const fleet = createFleet(address);
  let isClosed = false;
  const request = createRequest(fleet, { prefix, clock, isClosed: () => isClosed });
  return {
    traits: redisTraits,
    place: `redis ${address.database} ${prefix}`,
    enqueue: createEnqueue(request),
    lease: createLease(request),
    ...createSettling(request),
    stats: createStats(request),
    listDeadLetters: createListDeadLetters(request),
    redrive: createRedrive(request),
    discard: createDiscard(request),
    ...createUpkeep(fleet, request),
    close: async () => {
      isClosed = true;
      fleet.close();
    },
  };
};
