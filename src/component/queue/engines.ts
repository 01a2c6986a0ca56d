import type { ConnectionKind, Fields } from "../../connections/connection";
import type { QueueDriver } from "../../queue/driver";
import { postgresQueue } from "../../queue/drivers/postgres/connection";
import { redisQueue } from "../../queue/drivers/redis/connection";
import { sqsQueue } from "../../queue/drivers/sqs/connection";

/** What can keep queues: a kind of connection, and the driver behind it. */
export interface QueueEngine {
  readonly kind: ConnectionKind;
  /** Loads the engine's client, so that a run without a queue does not pay for it. */
  readonly open: (fields: Fields) => Promise<QueueDriver>;
}

export const queueEngines: readonly QueueEngine[] = [
  {
    kind: postgresQueue,
    open: async (fields) => {
      const { openPostgresDriver } = await import("../../queue/drivers/postgres/driver");
      return openPostgresDriver(fields);
    },
  },
  {
    kind: redisQueue,
    open: async (fields) => {
      const { openRedisDriver } = await import("../../queue/drivers/redis/driver");
      return openRedisDriver(fields);
    },
  },
  {
    kind: sqsQueue,
    open: async (fields) => {
      const { openSqsDriver } = await import("../../queue/drivers/sqs/driver");
      return openSqsDriver(fields);
    },
  },
];
