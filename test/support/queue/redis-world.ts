import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { openRedisDriver } from "../../../src/queue/drivers/redis/driver";
import { SERVER_CLOCK } from "../../../src/queue/drivers/redis/script";
import type { QueueWorld } from "../../contracts/queue/subject";

/** Removes what a test left under its prefix. */
const removeKeys = async (client: Redis, prefix: string): Promise<void> => {
  for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1000 }))
    if ((keys as string[]).length > 0) await client.unlink(keys as string[]);
};

/** A prefix of a Redis server that is nobody else's, with a clock that can be moved for it alone. */
export const openRedisWorld = async (address: string): Promise<QueueWorld> => {
  const prefix = `hookline-test-${randomUUID()}`;
  const offset = `${prefix}-clock`;
  const client = new Redis(address);
  await client.set(offset, 0);
  const clock = `${SERVER_CLOCK} + redis.call('GET', '${offset}')`;
  return {
    connect: () => openRedisDriver({ url: address, prefix }, { clock }),
    advance: async (seconds) => {
      await client.incrby(offset, seconds * 1000);
    },
    close: async () => {
      await removeKeys(client, prefix);
      await client.quit();
    },
  };
};
