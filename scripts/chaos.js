/** Compiles the chaos run and starts it: `node scripts/chaos.js --engine redis --full`. See docs/chaos.md. */
const { execFileSync, spawn } = require("node:child_process");
const { mkdirSync, mkdtempSync, readdirSync, rmSync } = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const cache = path.join(root, "node_modules", ".cache");
const programs = ["src", "test/queue/chaos", "test/support"];

const listSources = (folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .map((file) => path.join(folder, file));

mkdirSync(cache, { recursive: true });
/** Inside node_modules, so that what the programs require is found. */
const folder = mkdtempSync(path.join(cache, "hookline-chaos-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const pairs = programs
  .flatMap(listSources)
  .map((file) => [path.join(root, file), path.join(folder, file.replace(/\.ts$/, ".js"))]);
execFileSync(process.execPath, [path.join(root, "test/runner/support/transpile.cjs")], {
  input: JSON.stringify(pairs),
});

const program = path.join(folder, "test/queue/chaos/chaos-program.js");
const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: "inherit" });
/** The program stops its servers and consumers first. */
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill("SIGINT"));
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
