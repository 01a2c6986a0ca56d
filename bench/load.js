import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { judge, median, ratios, spread } from "./measure/figures.js";
import { printMachine } from "./measure/machine.js";
import { printTable } from "./measure/table.js";
import { bundle } from "./measure/webpack.js";

const RUNS = 31;
const LARGEST_MEGABYTES = 1.6;
const TARGET_RATIO = 1.25;

const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const loader = pathOf("./load/require-once.cjs");
const files = {
  empty: await bundle("empty", "empty-component/index.ts"),
  Hookline: pathOf("../dist/index.js"),
};

const load = (file) =>
  JSON.parse(execFileSync(process.execPath, [loader, file], { encoding: "utf8" }));

const measure = () => {
  const times = { empty: [], Hookline: [] };
  for (let run = 0; run < RUNS; run++)
    for (const name of run % 2 ? ["Hookline", "empty"] : ["empty", "Hookline"])
      times[name].push(load(files[name]));
  return times;
};

const megabytes = (file) => statSync(file).size / 1e6;

printMachine("Loading the component");
for (const file of Object.values(files)) load(file);
const times = measure();
const pick = (name, kind) => times[name].map((time) => time[kind]);
const rows = Object.entries(files).map(([name, file]) => [
  name,
  megabytes(file).toFixed(2),
  spread(pick(name, "processor")),
  spread(pick(name, "clock")),
  spread(ratios(pick(name, "processor"), pick("empty", "processor"))),
]);
printTable(
  `${RUNS} fresh processes each, in turns`,
  ["", "MB", "ms of processor", "ms", "times the empty component"],
  rows,
);
const size = megabytes(files.Hookline);
const ratio = median(ratios(pick("Hookline", "processor"), pick("empty", "processor")));
printTable(
  "Targets",
  ["", "measured", "target", ""],
  [
    [
      "bundle, MB",
      size.toFixed(2),
      `≤ ${LARGEST_MEGABYTES}`,
      judge(size, LARGEST_MEGABYTES, false),
    ],
    [
      "load, times the empty component",
      ratio.toFixed(2),
      `≤ ${TARGET_RATIO}`,
      judge(ratio, TARGET_RATIO, false),
    ],
  ],
);
