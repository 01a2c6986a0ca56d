import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../../..");

// In a process of its own, because jest takes seconds to load the compiler.
const compiler = `
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { ModuleKind, ScriptTarget, transpileModule } = require("typescript");
const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
const folders = ["src/http", "src/runner/journal", "test/runner/journal"];
const sources = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
for (const source of [...sources, "src/errors.ts"]) {
  const target = join(process.argv[1], source.replace(/\\.ts$/, ".js"));
  mkdirSync(dirname(target), { recursive: true });
  const { outputText } = transpileModule(readFileSync(source, "utf8"), { compilerOptions });
  writeFileSync(target, outputText);
}`;

/** Compiles the journal and these tests' programs into a directory; gives the path of a program to run with bare node. */
export const compilePrograms = (directory: string): ((name: string) => string) => {
  execFileSync(process.execPath, ["-e", compiler, directory], { cwd: root });
  return (name) => join(directory, "test/runner/journal", `${name}.js`);
};
