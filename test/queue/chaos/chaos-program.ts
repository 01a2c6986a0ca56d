import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "./engine";
import { type Plan, readPlan } from "./plan";
import { startPostgres } from "./postgres-engine";
import { startRedis } from "./redis-engine";
import { judge, toTable } from "./report";
import { runChaos } from "./run";

const MOST_SHOWN = 20;

const start: Record<Plan["engine"], (folder: string) => Promise<Engine>> = {
  postgres: startPostgres,
  redis: startRedis,
};

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const run = async (): Promise<boolean> => {
  const plan = readPlan(process.argv.slice(2));
  const folder = mkdtempSync(join(tmpdir(), "hookline-chaos-"));
  const logs = mkdtempSync(join(tmpdir(), "hookline-chaos-logs-"));
  const engine = await start[plan.engine](folder);
  print(`${engine.version}, seed ${plan.seed}`);
  const stop = async (): Promise<void> => {
    await engine.stop();
    for (const path of [folder, logs]) rmSync(path, { recursive: true, force: true });
  };
  process.once("SIGINT", () => void stop().finally(() => process.exit(130)));
  try {
    const outcome = await runChaos(plan, engine, logs, (done) => {
      process.stderr.write(`${done} of ${plan.messages}\n`);
    });
    const judgement = judge(plan, outcome);
    print(toTable(judgement));
    for (const { promise, key, message, detail } of judgement.violations.slice(0, MOST_SHOWN))
      print(`${promise}: ${message} of ${key}: ${detail}`);
    for (const failure of outcome.failures.slice(0, MOST_SHOWN)) print(failure);
    print(judgement.isGood ? "All promises were kept." : "PROMISES WERE BROKEN.");
    return judgement.isGood;
  } finally {
    await stop();
  }
};

run().then(
  (isGood) => {
    process.exitCode = isGood ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
