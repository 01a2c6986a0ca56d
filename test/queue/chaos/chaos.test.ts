import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describeWithEngine } from "../../support/queue/describe-with-engine";

const PROGRAM = join(__dirname, "../../../scripts/chaos.js");

const children: ChildProcess[] = [];

/** A run that took too long stops its servers and consumers. */
afterAll(() => {
  for (const child of children) child.kill("SIGTERM");
});

/** 22, 37 and 42 of the behaviours; the run starts servers of its own, wherever the others are. */
const runBounded = async (engine: string): Promise<string> => {
  const child = spawn(process.execPath, [PROGRAM, "--engine", engine], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const [code] = await once(child, "close");
  return `${output}exit code ${code}`;
};

const toCount = (output: string, row: string): number =>
  Number(new RegExp(`^${row} +(\\d+)$`, "m").exec(output)?.[1]);

describe("with consumers killed at random and the engine killed in the middle", () => {
  for (const engine of ["postgres", "redis"] as const)
    describeWithEngine(engine, engine, () => {
      it("every message of a key is processed in order, and none is lost", async () => {
        const output = await runBounded(engine);
        if (!output.endsWith("exit code 0")) throw new Error(output);
        expect(output).toContain("All promises were kept.");
        expect(toCount(output, "engine killed")).toBe(1);
        expect(toCount(output, "consumer processes killed")).toBeGreaterThan(0);
        expect(toCount(output, "messages processed")).toBeGreaterThanOrEqual(3000);
      }, 180_000);
    });
});
