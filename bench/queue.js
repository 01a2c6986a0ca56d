import { parseArgs } from "node:util";
import { printMachine } from "./measure/machine.js";
import { print, savePrinted } from "./measure/print.js";
import { createContenders } from "./queue/contenders.js";
import { createReferences, measureLimits } from "./queue/limits.js";
import {
  reportCells,
  reportGrowth,
  reportLimits,
  reportSending,
  reportShares,
  reportTargets,
} from "./queue/report.js";
import { measureCell, measureGrowth, measureSending } from "./queue/sections.js";
import { openPostgres, openRedis } from "./queue/servers.js";
import { toShares, toTargets } from "./queue/targets.js";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    postgres: { type: "string", default: "postgres://postgres@127.0.0.1:5432/postgres" },
    redis: { type: "string", default: "redis://127.0.0.1:6379/0" },
  },
});

const size = options.quick
  ? { level: 2000, levels: [200, 2000, 5000], turns: { rounds: 1, milliseconds: 150 } }
  : { level: 20_000, levels: [1000, 100_000, 1_000_000], turns: { rounds: 5, milliseconds: 300 } };
const names = { postgres: "PostgreSQL", redis: "Redis" };
const cells = [1, 100, 10_000].flatMap((keys) => [1, 8].map((consumers) => ({ keys, consumers })));

/** The actions stand beside the driver in one place only: what they add is the same in all. */
const withActions = (contenders, actions, { keys, consumers }) =>
  keys === 100 && consumers === 1 ? [...contenders, actions] : contenders;

const measureServer = async (engine, server, contenders, openReference) => {
  const name = names[engine];
  const peers = contenders[engine];
  const { turns, level, levels } = size;
  const sending = await measureSending(name, server, peers, turns);
  reportSending(name, sending);
  const measured = [];
  for (const cell of cells) {
    const all = withActions(peers, contenders.actions[engine], cell);
    measured.push({ cell, ...(await measureCell(name, server, all, cell, { ...turns, level })) });
  }
  reportCells(name, measured);
  const grown = { contenders: peers, openReference };
  const growth = await measureGrowth(name, server, grown, { ...turns, levels });
  reportGrowth(name, growth);
  return { sending, cells: measured, growth };
};

const measureAll = async (servers) => {
  const peers = ["pg-boss", "graphile-worker", "groupmq", "bullmq", "pg", "ioredis"];
  printMachine("The queue", peers);
  print(`${await servers.postgres.describe()}. ${await servers.redis.describe()}.`);
  const contenders = await createContenders(servers);
  const limits = await measureLimits(servers, size.turns);
  reportLimits(limits);
  const references = createReferences(servers);
  const results = {};
  for (const [engine, server] of Object.entries(servers))
    results[engine] = await measureServer(engine, server, contenders, references[engine]);
  reportShares(toShares(limits, results));
  if (options.quick) print("\nTargets are not judged by one short round.");
  else reportTargets(toTargets(results));
};

const started = performance.now();
const servers = {};
const dropAll = () => Promise.allSettled(Object.values(servers).map((server) => server.drop()));
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => void dropAll().then(() => process.exit(1)));
try {
  servers.postgres = await openPostgres(options.postgres);
  servers.redis = await openRedis(options.redis);
  await measureAll(servers);
  print(`\nIt took ${((performance.now() - started) / 60_000).toFixed(1)} minutes.`);
  if (!options.quick) process.stderr.write(`Kept in ${savePrinted("results-queue.md")}.\n`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await dropAll();
}
// The drivers of the component stay open, as in a warm process; nothing is left for them to do.
process.exit();
