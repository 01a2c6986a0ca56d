import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { QueueDriver } from "../../../src/queue/driver";
import { openRedisDriver } from "../../../src/queue/drivers/redis/driver";
import { SERVER_CLOCK } from "../../../src/queue/drivers/redis/script";
import type { QueueWorld } from "../../contracts/queue/subject";

/** The same driver, with the names of the queues that it makes or fills. */
const noteQueues = (driver: QueueDriver, queues: Set<string>): QueueDriver => ({
  ...driver,
  ensure: (queue) => driver.ensure(queues.add(queue) && queue),
  enqueue: (queue, ...rest) => driver.enqueue(queues.add(queue) && queue, ...rest),
});

/** A prefix of a Redis server that is nobody else's, with a clock that can be moved for it alone. */
export const openRedisWorld = async (address: string): Promise<QueueWorld> => {
  const prefix = `hookline-test-${randomUUID()}`;
  const offset = `${prefix}-clock`;
  const client = new Redis(address);
  const queues = new Set<string>();
  await client.set(offset, 0);
  const clock = `${SERVER_CLOCK} + redis.call('GET', '${offset}')`;
  return {
    connect: () => noteQueues(openRedisDriver({ url: address, prefix }, { clock }), queues),
    advance: async (seconds) => {
      await client.incrby(offset, seconds * 1000);
    },
    close: async () => {
      const driver = openRedisDriver({ url: address, prefix });
      for (const queue of queues) await driver.remove(queue);
      await driver.close();
      await client.unlink(offset);
      await client.quit();
    },
  };
};
