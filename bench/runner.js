import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, median, ratios, spread } from "./measure/figures.js";
import { printMachine } from "./measure/machine.js";
import { printTable } from "./measure/table.js";
import { contenders } from "./runner/contenders.js";
import { measureForgery } from "./runner/forgery.js";
import { applyLoad, countLost, readSavedIds } from "./runner/load.js";
import { describePinning, residentMegabytes, stopServer } from "./runner/processes.js";
import { measureStart } from "./runner/start.js";

const ROUNDS = 7;
const WARM_UP_MILLISECONDS = 3000;
const ROUND_MILLISECONDS = 2000;
const CONNECTIONS = 16;

const workspace = mkdtempSync(join(tmpdir(), "hookline-bench-"));
const folderFor = (name) => {
  const folder = join(workspace, name.replace(/\W+/g, "-"));
  mkdirSync(folder, { recursive: true });
  return folder;
};

const toIds = ({ firstId, nextId }) =>
  Array.from(
    { length: nextId - firstId },
    (_, index) => `bench-${String(firstId + index).padStart(9, "0")}`,
  );

const startAll = async (hasJournal) => {
  const servers = [];
  for (const [name, start] of Object.entries(contenders)) {
    const folder = folderFor(`${name} ${hasJournal}`);
    servers.push({ name, folder, rounds: [], ...(await start(folder, hasJournal)) });
  }
  return servers;
};

const drive = async (server, milliseconds) => {
  const firstId = server.rounds.at(-1)?.nextId ?? 0;
  const round = await applyLoad(server, { connections: CONNECTIONS, milliseconds, firstId });
  const others = Object.keys(round.statuses).filter((status) => status !== "200");
  if (others.length > 0) throw new Error(`${server.name} answered ${others.join(", ")}.`);
  if (round.count !== round.nextId - round.firstId)
    throw new Error(`${server.name} left deliveries without an answer.`);
  server.rounds.push(round);
};

const measureAll = async (servers) => {
  for (const server of servers) await drive(server, WARM_UP_MILLISECONDS);
  for (let round = 0; round < ROUNDS; round++)
    for (let turn = 0; turn < servers.length; turn++)
      await drive(servers[(round + turn) % servers.length], ROUND_MILLISECONDS);
};

const toRow = (server, base, hasJournal) => {
  const measured = server.rounds.slice(1);
  const pick = (key, { rounds } = server) => rounds.slice(1).map((round) => round[key]);
  const lost = hasJournal
    ? countLost(readSavedIds(server.folder), server.rounds.flatMap(toIds))
    : "not saved";
  const share = ratios(pick("perProcessorSecond"), pick("perProcessorSecond", base));
  return {
    share: median(share),
    row: [
      server.name,
      spread(pick("perSecond")),
      spread(pick("perProcessorSecond")),
      spread(share),
      median(measured.map(({ p50 }) => p50)).toFixed(1),
      median(measured.map(({ p99 }) => p99)).toFixed(1),
      lost,
      residentMegabytes(server.child).toFixed(0),
    ],
  };
};

const header = [
  "",
  "deliveries a second",
  "a second of processor",
  "times node:http",
  "p50 ms",
  "p99 ms",
  "lost",
  "MB resident",
];

const compare = async (hasJournal) => {
  const servers = await startAll(hasJournal);
  await measureAll(servers);
  const results = servers.map((server) => toRow(server, servers[0], hasJournal));
  for (const { child } of servers) await stopServer(child);
  const title = hasJournal ? "With a durable append before the answer" : "Without saving anything";
  printTable(
    title,
    header,
    results.map(({ row }) => row),
  );
  const shares = results.map(({ share }) => share);
  return { bare: shares[3], fastify: shares[3] / shares[1], octokit: shares[3] / shares[2] };
};

const toTarget = (what, figure, target, isAtLeast) => [
  what,
  figure.toFixed(2),
  `${isAtLeast ? "≥" : "≤"} ${target}`,
  judge(figure, target, isAtLeast),
];

printMachine(
  `The runner (${describePinning()}; ${CONNECTIONS} connections; GitHub deliveries of 1 kB)`,
  ["fastify", "@octokit/webhooks"],
);
const plain = await compare(false);
const durable = await compare(true);
const start = await measureStart(folderFor);
const forgery = await measureForgery(folderFor("forgery"));
printTable(
  "Targets",
  ["", "measured", "target", ""],
  [
    toTarget("times node:http", plain.bare, 0.6, true),
    toTarget("times Fastify", plain.fastify, 0.85, true),
    toTarget("times @octokit/webhooks", plain.octokit, 1, true),
    toTarget("times node:http, both durable", durable.bare, 0.4, true),
    toTarget("start to first accepted delivery, s", start.seconds, 2, false),
    toTarget("resident after it, MB", start.megabytes, 150, false),
    toTarget("a forged 200 MB body, more MB, length told", forgery.declared, 16, false),
    toTarget("a forged 200 MB body, more MB, in chunks", forgery.chunked, 16, false),
  ],
);
rmSync(workspace, { recursive: true, force: true });
