import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { openPostgresWorld, type PostgresWorld } from "./postgres-world";

interface PgliteServer {
  readonly address: string;
  readonly process: ChildProcess;
}

const startServer = async (): Promise<PgliteServer> => {
  const process_ = spawn(process.execPath, [join(__dirname, "pglite-server.mjs")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(process_, "exit").then(([code]) => {
    throw new Error(`PGlite ended with exit code ${code}`);
  });
  const [address] = await Promise.race([once(process_.stdout, "data"), ended]);
  ended.catch(() => undefined);
  return { address: String(address).trim(), process: process_ };
};

/** It takes seconds to start, so a test file has one. */
let server: Promise<PgliteServer> | undefined;

afterAll(async () => {
  const started = await server;
  if (!started) return;
  const ended = once(started.process, "exit");
  started.process.stdin?.end();
  await ended;
});

/**
 * A schema of its own in PostgreSQL in a process beside this one, in memory, behind its wire protocol: the very same
 * driver over the very same client. Whatever becomes of this process, the other ends with it, because its input ends.
 */
export const openPgliteWorld = async (): Promise<PostgresWorld> => {
  server ??= startServer();
  return openPostgresWorld((await server).address);
};
