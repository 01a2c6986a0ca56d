export { openPostgresDriver } from "../../src/queue/drivers/postgres/driver";
export { openRedisDriver } from "../../src/queue/drivers/redis/driver";
export { createQueue } from "../../src/queue/queue";
export { acknowledge, acknowledgeAll } from "../../src/queue/settle";
