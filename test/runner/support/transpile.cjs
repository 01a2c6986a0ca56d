// Compiles TypeScript files one by one: `node transpile.cjs`, with pairs of source and target as JSON on
// the standard input. A process of its own, because jest takes seconds to load the compiler.
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");
const { ModuleKind, ScriptTarget, transpileModule } = require("typescript");

const compilerOptions = {
  module: ModuleKind.CommonJS,
  target: ScriptTarget.ES2022,
  esModuleInterop: true,
};

for (const [source, target] of JSON.parse(readFileSync(0, "utf8"))) {
  mkdirSync(dirname(target), { recursive: true });
  const { outputText } = transpileModule(readFileSync(source, "utf8"), { compilerOptions });
  writeFileSync(target, outputText);
}
