import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

const ROOT = join(__dirname, "../../..");
const SOURCE = join(ROOT, "src");
/** Inside node_modules, so that what it requires is found and git does not see it. */
const CACHE = join(ROOT, "node_modules/.cache/hookline-program");

const OUTDATED_MILLISECONDS = 3_600_000;

const listSources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "component" ? [] : listSources(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });

const compile = (text: string): string =>
  transpileModule(text, {
    compilerOptions: {
      module: ModuleKind.CommonJS,
      target: ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  }).outputText;

/** Leaves alone what another test process may be using now. */
const removeOutdated = (): void => {
  for (const name of readdirSync(CACHE)) {
    const folder = join(CACHE, name);
    const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (mtimeMs < Date.now() - OUTDATED_MILLISECONDS)
      rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * The command line program as JavaScript, for tests that start it as a process. Compiled file by
 * file, which takes a second and only when a source has changed; `built-program.test.ts` bundles it
 * the way it is shipped.
 */
export const compileProgram = (): string => {
  const sources = listSources(SOURCE).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const hash = createHash("sha256");
  for (const { file, text } of sources) hash.update(file).update(text);
  const folder = join(CACHE, hash.digest("hex").slice(0, 16));
  const program = join(folder, "runner/main.js");
  if (existsSync(program)) return program;

  const draft = join(CACHE, randomUUID());
  for (const { file, text } of sources) {
    const target = join(draft, relative(SOURCE, file).replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, compile(text));
  }
  removeOutdated();
  try {
    renameSync(draft, folder);
  } catch {
    // Another test process was faster and has put the same files there.
  }
  return program;
};
