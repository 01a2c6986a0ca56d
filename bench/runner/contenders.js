import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startServer } from "./processes.js";

const READY_MILLISECONDS = 30_000;
const root = fileURLToPath(new URL("../..", import.meta.url));
const { parse } = createRequire(join(root, "package.json"))("yaml");
const example = join(root, "examples", "catch-webhooks.yml");

/** What the example's own configuration signs with. */
export const secret = parse(readFileSync(example.replace(".yml", ".config.yml"), "utf8"))[
  "GitHub Signing Secret"
].secret;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Tries until it gives something. */
export const until = async (attempt) => {
  const end = Date.now() + READY_MILLISECONDS;
  while (Date.now() < end) {
    const outcome = await Promise.resolve()
      .then(attempt)
      .catch(() => undefined);
    if (outcome) return outcome;
    await wait(5);
  }
  throw new Error(`It was not ready after ${READY_MILLISECONDS} ms.`);
};

const runnerCommand = (port, folder, hasJournal) => [
  join(root, "build", "hookline.js"),
  "dev",
  example,
  ...["--component", join(root, "dist"), "--port", String(port), "--data", folder],
  ...(hasJournal ? [] : ["--no-journal"]),
];

/** The GitHub flow's path, as the runner prints it. */
const readFlowPath = (log) =>
  /Catch GitHub\s+http:\/\/[^/]+(\/trigger\/\S+)/.exec(readFileSync(log, "utf8"))?.[1];

export const startRunner = async (folder, hasJournal) => {
  const log = join(folder, "output.log");
  const port = await freePort();
  const child = startServer(runnerCommand(port, join(folder, "data"), hasJournal), log);
  const path = await until(() => readFlowPath(log));
  return { child, port, path };
};

const peer = (file) => async (folder, hasJournal) => {
  const port = await freePort();
  const server = fileURLToPath(new URL(`./servers/${file}`, import.meta.url));
  const journal = hasJournal ? [join(folder, "journal")] : [];
  const child = startServer([server, String(port), secret, ...journal], join(folder, "output.log"));
  await until(() => fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "{}" }));
  return { child, port, path: "/" };
};

export const contenders = {
  "node:http": peer("bare.js"),
  Fastify: peer("fastify.js"),
  "@octokit/webhooks": peer("octokit.js"),
  "Hookline runner": startRunner,
};
