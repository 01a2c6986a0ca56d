/** Builds only what is older than its sources, so that `npm start` is quick the second time. */
const { spawnSync } = require("node:child_process");
const { readdirSync, statSync, utimesSync } = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const configuration = ["package-lock.json", "webpack.config.js", "assets/icon.png"];
const targets = [
  { name: "component", output: "dist/index.js" },
  { name: "runner", output: "build/hookline.js" },
];

const findWebpack = () => {
  try {
    return require.resolve("webpack-cli/bin/cli.js");
  } catch {
    process.stderr.write("The packages are not installed. Run `npm ci` first.\n");
    return process.exit(1);
  }
};

const changedAt = (file) =>
  statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const sources = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
  .map((file) => path.join("src", file))
  .concat(configuration);
const newest = Math.max(...sources.map(changedAt));
const stale = targets.filter(({ output }) => changedAt(output) < newest);

if (stale.length > 0) {
  process.stdout.write(`Building ${stale.map(({ name }) => name).join(" and ")} …\n`);
  const names = stale.flatMap(({ name }) => ["--config-name", name]);
  const { status } = spawnSync(process.execPath, [findWebpack(), ...names], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
  // webpack leaves output alone whose content did not change, and it would look stale for ever.
  if (status === 0)
    for (const { output } of stale) utimesSync(path.join(root, output), new Date(), new Date());
}
