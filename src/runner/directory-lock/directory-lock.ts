import { randomBytes } from "node:crypto";
import { access, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ErrorCode, HooklineError } from "../../errors";
import { removeFile, unlessMissing } from "./missing-file";
import { mayBeRunning, type ProcessIdentity, readOwnIdentity } from "./process-identity";

export interface DirectoryLock {
  /** Takes the lock again should somebody have deleted it, with the directory or without. */
  ensureHeld(): Promise<void>;
  release(): Promise<void>;
}

const NAME = /^lock-([0-9a-f]{8})-(\d{1,10})-([0-9a-z]+)-[0-9a-f]{16}$/;
const ROUNDS = 10;
const ROUND_MILLISECONDS = 20;

const toName = ({ host, pid, start }: ProcessIdentity) =>
  `lock-${host}-${pid}-${start}-${randomBytes(8).toString("hex")}`;

const readName = (name: string): ProcessIdentity | undefined => {
  const [, host = "", pid = "", start = ""] = NAME.exec(name) ?? [];
  return host ? { host, pid: Number(pid), start } : undefined;
};

/** The lock files of others that may be running. A dead one's file is deleted: its name is never used again. */
const findRivals = async (directory: string, ownName: string, own: ProcessIdentity) => {
  const rivals: string[] = [];
  for (const name of await readdir(directory)) {
    const other = name === ownName ? undefined : readName(name);
    if (!other) continue;
    if (await mayBeRunning(other, own)) rivals.push(name);
    else await removeFile(join(directory, name));
  }
  return rivals;
};

/** What is in the directory, as the one who is turned away is told. */
export interface LockedThing {
  readonly code: ErrorCode;
  /** What another process does with it, such as "writes the journal". */
  readonly use: string;
}

const toTakenError = ({ code, use }: LockedThing, directory: string, rival: string) =>
  new HooklineError(
    code,
    `Another runner (process ${readName(rival)?.pid}) already ${use} in ${directory}. ` +
      `Stop it or choose another directory. If none runs, delete ${join(directory, rival)}.`,
  );

/**
 * Everybody first puts a file of a name of their own into the directory and then looks at the others', so of
 * two at least one sees the other, and gives way. The first by name waits a moment for the others to do so:
 * of several that start at once, one gets in.
 */
const acquire = async (
  directory: string,
  own: ProcessIdentity,
  thing: LockedThing,
): Promise<string> => {
  const name = toName(own);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, name), "", { flag: "wx", mode: 0o600 });
  try {
    for (let round = 1; ; round++) {
      const rivals = await findRivals(directory, name, own);
      const [rival] = rivals.sort();
      if (rival === undefined) return name;
      if (rival < name || round === ROUNDS) throw toTakenError(thing, directory, rival);
      await pause(ROUND_MILLISECONDS);
    }
  } catch (error) {
    await removeFile(join(directory, name));
    throw error;
  }
};

/** At most one holder per directory, created if missing; a holder that died, however it died, holds no longer. */
export const lockDirectory = async (
  directory: string,
  thing: LockedThing,
): Promise<DirectoryLock> => {
  const own = await readOwnIdentity();
  let name = await acquire(directory, own, thing);
  const ensureHeld = async () => {
    const isHeld = await unlessMissing(access(join(directory, name)).then(() => true));
    if (!isHeld) name = await acquire(directory, own, thing);
  };
  return { ensureHeld, release: () => removeFile(join(directory, name)) };
};
