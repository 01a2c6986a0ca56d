import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { createMemoryDriver } from "../../support/queue/memory-driver";
import type { Mutant } from "./mutants";

type CreateDriver = typeof createMemoryDriver;

const SUPPORT = join(__dirname, "../../support/queue");
const SOURCE = join(__dirname, "../../../src");
const COMPILER = join(__dirname, "../../runner/support/transpile.cjs");

/** @throws Error if the text to change is not there exactly once: the reference has changed, and the mutant has to follow. */
const mutate = (source: string, { name, find, replace }: Mutant): string => {
  const parts = source.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(`"${name}": its text is ${parts.length - 1} times in the reference, not once`);
};

/** The reference with one mistake each, compiled like any other program of the tests. */
export const withMutants = (
  mutants: readonly Mutant[],
  use: (createDrivers: ReadonlyMap<Mutant, CreateDriver>) => void,
): void => {
  const folder = mkdtempSync(join(tmpdir(), "hookline-mutants-"));
  try {
    const reference = readFileSync(join(SUPPORT, "memory-driver.ts"), "utf8");
    const source = reference.replaceAll("../../../src", SOURCE);
    const pairs = mutants.flatMap((mutant, index) => {
      const own = join(folder, String(index));
      mkdirSync(own);
      writeFileSync(join(own, "memory-driver.ts"), mutate(source, mutant));
      return [
        [join(own, "memory-driver.ts"), join(own, "memory-driver.js")],
        [join(SUPPORT, "memory-status.ts"), join(own, "memory-status.js")],
      ];
    });
    execFileSync(process.execPath, [COMPILER], { input: JSON.stringify(pairs) });
    const load = (index: number): CreateDriver =>
      require(join(folder, String(index), "memory-driver.js")).createMemoryDriver;
    use(new Map(mutants.map((mutant, index) => [mutant, load(index)])));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
