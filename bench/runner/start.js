import { median, spread } from "../measure/figures.js";
import { printTable } from "../measure/table.js";
import { contenders, until } from "./contenders.js";
import { genuine } from "./load.js";
import { residentMegabytes, stopServer } from "./processes.js";

const RUNS = 5;

const accept = async ({ port, path }) => {
  const { body, headers } = genuine;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    body,
    headers,
  });
  await response.text();
  return response.status === 200;
};

const startOnce = async (start, folder) => {
  const before = performance.now();
  const server = await start(folder, true);
  await until(() => accept(server));
  const seconds = (performance.now() - before) / 1000;
  const megabytes = residentMegabytes(server.child);
  await stopServer(server.child);
  return { seconds, megabytes };
};

/** From the command to the first accepted delivery, and what is resident then. */
export const measureStart = async (folderFor) => {
  const names = ["Fastify", "Hookline runner"];
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  for (let run = 0; run < RUNS; run++)
    for (const name of names)
      runs[name].push(await startOnce(contenders[name], folderFor(`start ${name} ${run}`)));
  const rows = names.map((name) => [
    name,
    spread(runs[name].map(({ seconds }) => seconds)),
    spread(runs[name].map(({ megabytes }) => megabytes)),
  ]);
  printTable("From the command to the first accepted delivery", ["", "s", "MB resident"], rows);
  const ours = runs["Hookline runner"];
  return {
    seconds: median(ours.map(({ seconds }) => seconds)),
    megabytes: median(ours.map(({ megabytes }) => megabytes)),
  };
};
