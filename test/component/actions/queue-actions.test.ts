import { describeWithEngine } from "../../support/queue/describe-with-engine";
import {
  connectPglite,
  connectPostgres,
  connectRedis,
  connectSqs,
} from "../../support/queue/queue-connections";
import { describeQueueActions } from "./queue-action-suite";

/** As in a flow, SQS is asked for a second each time before there is said to be nothing more. */
jest.setTimeout(30_000);

describe("queue actions on Amazon SQS", () => describeQueueActions(connectSqs));

describe("queue actions on PGlite", () => describeQueueActions(connectPglite));

describeWithEngine("redis", "queue actions on Redis", (address) =>
  describeQueueActions(() => connectRedis(address)),
);

describeWithEngine("postgres", "queue actions on PostgreSQL", (address) =>
  describeQueueActions(() => connectPostgres(address)),
);
