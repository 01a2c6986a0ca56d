import { openSync, writeSync } from "node:fs";
import type { Fields } from "../../../src/connections/connection";
import { createChance } from "../../support/queue/chance";
import { consume } from "./consume";
import { openDriver } from "./open-driver";
import type { Plan } from "./plan";
import type { Line } from "./record";

/** What a consumer process is started with. */
export interface ConsumerOrder {
  readonly name: string;
  readonly plan: Plan;
  readonly fields: Fields;
  readonly queue: string;
  readonly seed: number;
  readonly log: string;
}

const { name, plan, fields, queue, seed, log } = JSON.parse(process.argv[2] ?? "") as ConsumerOrder;

const PATIENCE_MILLISECONDS = 15_000;

const file = openSync(log, "a");
const write = (line: Line): void => {
  writeSync(file, `${JSON.stringify(line)}\n`);
};

let isStopping = false;
/** Whoever started it holds the other end, so that it stops also if that one dies. */
process.stdin.on("end", () => {
  isStopping = true;
  setTimeout(() => process.exit(1), PATIENCE_MILLISECONDS).unref();
});
process.stdin.resume();
process.stdin.unref?.();

const driver = openDriver(plan.engine, fields);
const access = { connection: `${plan.engine}Queue`, driver };
const chance = createChance(seed);

consume({ name, plan, access, queue, chance, write, isStopping: () => isStopping })
  .catch((error: unknown) => {
    write({ kind: "failure", text: `${name}: ${String(error)}` });
    process.exitCode = 1;
  })
  .finally(async () => {
    await driver.close();
    process.stdin.destroy();
  });
