import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { print } from "./print.js";

const QUIET_LOAD = 0.75;

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url)))
    .version;

const describeLoad = () => {
  const [oneMinute] = loadavg();
  const share = oneMinute / cpus().length;
  const remark =
    share < QUIET_LOAD ? "quiet" : "busy: believe the ratios, not the absolute figures";
  return `load ${oneMinute.toFixed(2)} on ${cpus().length} cores (${remark})`;
};

/** Says what was measured where: versions, machine, and whether anything else was running. */
export const printMachine = (title, peers = []) => {
  print(`\n## ${title}\n`);
  print(`Node ${process.version}, ${cpus()[0].model}, ${describeLoad()}.`);
  if (peers.length > 0)
    print(`Peers: ${peers.map((name) => `${name} ${versionOf(name)}`).join(", ")}.`);
};
