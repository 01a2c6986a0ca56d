import { cpSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import {
  createEmbeddedQueue,
  type EmbeddedQueue,
} from "../../../src/runner/engines/embedded-queue";
import { ensureBuilt } from "../../support/built";
import { createFolder } from "../support/running";

export interface TestQueue extends EmbeddedQueue {
  readonly connectionString: string;
  readonly folder: string;
  /** What its log says, line by line. */
  readonly lines: readonly string[];
}

const BUILD_MILLISECONDS = 240_000;

let built = "";
beforeAll(async () => {
  built = await ensureBuilt("runner");
}, BUILD_MILLISECONDS);

const open: EmbeddedQueue[] = [];
afterAll(() => Promise.all(open.map((queue) => queue.close())));

/**
 * An embedded queue as a runner has it.
 *
 * @param program The built one, beside which there is an empty database, unless another is given.
 */
export const openTestQueue = async (
  dataFolder = createFolder(),
  program = built,
): Promise<TestQueue> => {
  const lines: string[] = [];
  const queue = createEmbeddedQueue({
    program,
    dataFolder,
    log: ({ level, flow, text }) => lines.push(`${flow} | ${level} ${text}`),
  });
  open.push(queue);
  const connectionString = await queue.open();
  return { ...queue, connectionString, folder: dataFolder, lines };
};

/** A client whose connection may be cut. */
export const connect = async (connectionString: string): Promise<Client> => {
  const client = new Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  return client;
};

/** Connects, runs one statement and goes. */
export const ask = async (connectionString: string, sql: string): Promise<unknown[]> => {
  const client = await connect(connectionString);
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows.flat();
  } finally {
    await client.end();
  }
};

let made: Promise<string> | undefined;

const make = async (): Promise<string> => {
  const queue = await openTestQueue();
  await ask(queue.connectionString, "create table seen (number int primary key, count int)");
  await queue.close();
  return queue.folder;
};

/** A data folder whose database is made already, with an empty table `seen`; making one takes seconds. */
export const copyMadeFolder = async (): Promise<string> => {
  made ??= make();
  const folder = createFolder();
  cpSync(join(await made, "postgres"), join(folder, "postgres"), { recursive: true });
  return folder;
};
