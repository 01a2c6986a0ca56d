import { execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join, relative } from "node:path";

const ROOT = join(__dirname, "../../..");
/** Inside node_modules, so that what it requires is found and git does not see it. */
const CACHE = join(ROOT, "node_modules/.cache/hookline-program");
/** Programs that tests start, and what these import, beside the whole of `src` that the runner may know. */
const PROGRAMS = "test/runner/journal";
const UNUSED = ["component", "delivery"];

const OUTDATED_MILLISECONDS = 3_600_000;

const listSources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return UNUSED.includes(entry.name) ? [] : listSources(path);
    return /(?<!\.test)\.ts$/.test(entry.name) ? [path] : [];
  });

/** Leaves alone what another test process may be using now. */
const removeOutdated = (): void => {
  for (const name of readdirSync(CACHE)) {
    const folder = join(CACHE, name);
    const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (mtimeMs < Date.now() - OUTDATED_MILLISECONDS)
      rmSync(folder, { recursive: true, force: true });
  }
};

const compileInto = (folder: string, sources: readonly string[]): void => {
  const draft = join(CACHE, randomUUID());
  const toTarget = (source: string): string =>
    join(draft, relative(ROOT, source).replace(/\.ts$/, ".js"));
  const pairs = sources.map((source) => [source, toTarget(source)]);
  mkdirSync(CACHE, { recursive: true });
  execFileSync(process.execPath, [join(__dirname, "transpile.cjs")], {
    input: JSON.stringify(pairs),
  });
  removeOutdated();
  try {
    renameSync(draft, folder);
  } catch {
    // Another test process was faster and has put the same files there.
    rmSync(draft, { recursive: true, force: true });
  }
};

let compiled: string | undefined;

/** Compiles file by file, which takes a second or two and only when a source has changed. */
const compile = (): string => {
  const sources = [join(ROOT, "src"), join(ROOT, PROGRAMS)].flatMap(listSources);
  const hash = createHash("sha256");
  for (const source of sources) hash.update(source).update(readFileSync(source));
  const folder = join(CACHE, hash.digest("hex").slice(0, 16));
  if (!existsSync(folder)) compileInto(folder, sources);
  return folder;
};

const toFile = (path: string): string => {
  compiled ??= compile();
  return join(compiled, path);
};

/**
 * The command line program as JavaScript, for tests that start it as a process; `built-program.test.ts`
 * bundles it the way it is shipped.
 */
export const compileProgram = (): string => toFile("src/runner/main.js");

/** One of the journal's own test programs, such as `burst-program`, to run with bare node. */
export const compileTestProgram = (name: string): string => toFile(`${PROGRAMS}/${name}.js`);
