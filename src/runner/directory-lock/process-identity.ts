import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";

/** Tells one process from every other, also from a later one that was given the same id. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** When it started, in the system's own terms; "unknown" where the system does not tell. */
  readonly start: string;
}

const toShortHash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "latin1");
  } catch {
    return "";
  }
};

/** State and start time are fields 3 and 22 of /proc/<pid>/stat (man proc_pid_stat), counted behind the name. */
const readProcess = async (pid: number) => {
  const text = await readText(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = fields[19];
  if (!ticks) return { start: "unknown", isDead: false };
  const boot = await readText("/proc/sys/kernel/random/boot_id");
  return { start: toShortHash(`${boot} ${ticks}`), isDead: fields[0] === "Z" || fields[0] === "X" };
};

export const readOwnIdentity = async (): Promise<ProcessIdentity> => ({
  host: toShortHash(hostname()),
  pid: process.pid,
  start: (await readProcess(process.pid)).start,
});

const canBeSignalled = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Whether the process may still run. A process of another host cannot be judged and counts as running. */
export const mayBeRunning = async (other: ProcessIdentity, own: ProcessIdentity) => {
  if (other.host !== own.host) return true;
  if (!canBeSignalled(other.pid)) return false;
  const { start, isDead } = await readProcess(other.pid);
  const isSameProcess = start === other.start || start === "unknown" || other.start === "unknown";
  return isSameProcess && !isDead;
};
