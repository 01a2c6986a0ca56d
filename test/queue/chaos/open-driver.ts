import type { Fields } from "../../../src/connections/connection";
import type { QueueDriver } from "../../../src/queue/driver";
import { openPostgresDriver } from "../../../src/queue/drivers/postgres/driver";
import { openRedisDriver } from "../../../src/queue/drivers/redis/driver";
import type { Plan } from "./plan";

const open = { postgres: openPostgresDriver, redis: openRedisDriver };

export const openDriver = (engine: Plan["engine"], fields: Fields): QueueDriver =>
  open[engine](fields);
