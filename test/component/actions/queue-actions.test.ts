import { describeWithEngine } from "../../support/queue/describe-with-engine";
import { connectPostgres, connectRedis } from "../../support/queue/queue-connections";
import { describeQueueActions } from "./queue-action-suite";

describeWithEngine("redis", "queue actions on Redis", (address) =>
  describeQueueActions(() => connectRedis(address)),
);

describeWithEngine("postgres", "queue actions on PostgreSQL", (address) =>
  describeQueueActions(() => connectPostgres(address)),
);
