import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toStartup } from "./wire/messages";

/** PostgreSQL inside this process. It has one session. */
export interface Database {
  /** What it says to a client that connects. */
  readonly greeting: Uint8Array;
  /** Runs whole rounds of the wire protocol; not called again before it has answered. */
  readonly execute: (round: Buffer) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

const USER = "postgres";
const DATABASE = "postgres";

/**
 * Opens the database of a folder that this process has for itself, and makes it where there is none. One whose making
 * was cut off holds nothing yet and is made anew.
 */
export const openDatabase = async (directory: string): Promise<Database> => {
  const dataDir = join(directory, "data");
  const madeFile = join(directory, "made");
  if (!existsSync(madeFile)) rmSync(dataDir, { recursive: true, force: true });
  const { PGlite } = await import("@electric-sql/pglite");
  const database = await PGlite.create({ dataDir });
  // What it returns for this one message is part of a buffer that the next answer overwrites.
  const greeting = Uint8Array.from(await database.execProtocolRaw(toStartup(USER, DATABASE)));
  writeFileSync(madeFile, "");
  return {
    greeting,
    execute: (round) => database.execProtocolRaw(round),
    close: () => database.close(),
  };
};
