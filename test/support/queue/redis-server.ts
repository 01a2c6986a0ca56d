import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { findFreePort } from "../find-free-port";
import { REQUIRED } from "./engine-addresses";

/** A Redis server of a test's own, to be killed, filled and set as no shared one may be. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** For what the test itself wants of the server. */
  readonly client: (password?: string) => Redis;
  /** Ends it as a power failure does. */
  readonly kill: () => Promise<void>;
  /** Starts it again, on the same port, with the data that it left. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Until it has loaded its data. A server with a password answers as well, in its way. */
const untilAnswers = async (port: number): Promise<void> => {
  const client = new Redis({ port, enableReadyCheck: false, protocol: 2, retryStrategy: () => 20 });
  client.on("error", () => undefined);
  for (;;)
    try {
      await client.ping();
      break;
    } catch (error) {
      if (/NOAUTH/.test(String(error))) break;
      await delay(10);
    }
  client.disconnect();
};

const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve()).kill("SIGKILL");
  });

/** @param settings As in redis.conf, such as `["--appendonly", "yes"]`. */
export const startRedisServer = async (settings: readonly string[] = []): Promise<RedisServer> => {
  const folder = await mkdtemp(path.join(tmpdir(), "hookline-redis-"));
  const port = await findFreePort();
  const usual = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const clients: Redis[] = [];
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn("redis-server", [...usual, ...settings], { stdio: "ignore" });
    await untilAnswers(port);
  };
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    client: (password) => {
      const client = new Redis({ port, ...(password !== undefined && { password }) });
      client.on("error", () => undefined);
      clients.push(client);
      return client;
    },
    kill: () => end(child),
    start,
    close: async () => {
      for (const client of clients) client.disconnect();
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const isHere = (): boolean => spawnSync("redis-server", ["--version"]).status === 0;

/** A suite that starts servers of its own; skipped where there is no `redis-server`, unless engines are required. */
export const describeWithRedisServer = (title: string, suite: () => void): void => {
  const run = process.env[REQUIRED] || isHere() ? describe : describe.skip;
  run(title, suite);
};
