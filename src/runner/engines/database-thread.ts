import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parentPort } from "node:worker_threads";
import type { FromDatabase, ToDatabase } from "./database-messages";

/** An empty database, which the build puts beside the program: opening it is five times as fast as making one. */
const TEMPLATE = "postgres.tar.gz";

const readTemplate = (): Blob | undefined => {
  const file = join(dirname(process.argv[1] ?? ""), TEMPLATE);
  return existsSync(file) ? new Blob([readFileSync(file)]) : undefined;
};

/** Makes the database where there is none. One whose making was cut off holds nothing yet and is made anew. */
const openOrMake = async (directory: string) => {
  const { PGlite } = await import("@electric-sql/pglite");
  const dataDir = join(directory, "data");
  const madeFile = join(directory, "made");
  if (existsSync(madeFile)) return PGlite.create({ dataDir });
  rmSync(dataDir, { recursive: true, force: true });
  const loadDataDir = readTemplate();
  const database = await PGlite.create({ dataDir, ...(loadDataDir && { loadDataDir }) });
  writeFileSync(madeFile, "");
  return database;
};

/**
 * PostgreSQL, compiled to WebAssembly, with one session and a folder of its own. It has a thread, because it keeps it
 * busy: for seconds when it starts, and as long as a statement takes.
 */
export const runDatabase = async (directory: string): Promise<void> => {
  const database = await openOrMake(directory);
  const say = (message: FromDatabase): void => parentPort?.postMessage(message);
  const end = async (): Promise<void> => {
    await database.close();
    process.exit(0);
  };
  parentPort?.on("message", (round: ToDatabase) => {
    if (round) void database.execProtocolRaw(round).then(say);
    else void end();
  });
  say("open");
};
