import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import {
  createEmbeddedQueue,
  type EmbeddedQueue,
} from "../../../src/runner/engines/embedded-queue";
import { compileProgram } from "../../runner/support/compiled-program";
import { openPostgresWorld, type PostgresWorld } from "./postgres-world";

interface OpenQueue {
  readonly queue: EmbeddedQueue;
  readonly connectionString: string;
  readonly folder: string;
}

/** The first question starts the engine, which takes longer than a test may. */
const start = async (connectionString: string): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query("select 1");
  await client.end();
};

const openQueue = async (): Promise<OpenQueue> => {
  const folder = mkdtempSync(join(tmpdir(), "hookline-pglite-"));
  const queue = createEmbeddedQueue({
    program: compileProgram(),
    dataFolder: folder,
    log: () => undefined,
  });
  const connectionString = await queue.open();
  await start(connectionString);
  return { queue, folder, connectionString };
};

/** It takes seconds to start, so a test file has one. */
let opened: Promise<OpenQueue> | undefined;

afterAll(async () => {
  const open = await opened;
  if (!open) return;
  await open.queue.close();
  rmSync(open.folder, { recursive: true, force: true });
});

/** A schema of its own in the runner's embedded queue: the very same driver over the very same client. */
export const openPgliteWorld = async (): Promise<PostgresWorld> => {
  opened ??= openQueue();
  return openPostgresWorld((await opened).connectionString);
};
