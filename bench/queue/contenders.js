import { createRequire } from "node:module";
import { bundle } from "../measure/webpack.js";
import { createActions } from "./contenders/actions.js";
import { createBullmq } from "./contenders/bullmq.js";
import { createGraphileWorker } from "./contenders/graphile-worker.js";
import { createGroupmq } from "./contenders/groupmq.js";
import { createHooklines } from "./contenders/hookline.js";
import { createPgBoss } from "./contenders/pg-boss.js";

const require = createRequire(import.meta.url);

/** Ours first, then its peers on the same server, then ours through the actions of the built component. */
export const createContenders = async ({ postgres, redis }) => {
  const bundled = require(await bundle("queue", "queue/hookline.ts"));
  const component = require("../../dist/index.js").default;
  const [onPostgres, onRedis] = createHooklines(bundled, { postgres, redis });
  const { connectionString } = postgres;
  const { url, prefix } = redis;
  return {
    postgres: [onPostgres, createPgBoss(postgres), createGraphileWorker(postgres)],
    redis: [onRedis, createGroupmq(redis), createBullmq(redis)],
    actions: {
      postgres: createActions(component, onPostgres, { connectionString, schema: "hookline" }),
      redis: createActions(component, onRedis, { url, prefix }),
    },
  };
};
