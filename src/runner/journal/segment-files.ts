import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "../directory-lock/missing-file";
import type { OpenFile } from "./journal-file";

export interface SegmentFile {
  readonly sequence: number;
  readonly path: string;
  readonly bytes: number;
}

const NAME = /^(\d{12})\.journal$/;

export const toSegmentPath = (directory: string, sequence: number): string =>
  join(directory, `${String(sequence).padStart(12, "0")}.journal`);

const readSegmentFile = async (directory: string, name: string): Promise<SegmentFile[]> => {
  const sequence = Number(NAME.exec(name)?.[1] ?? Number.NaN);
  if (Number.isNaN(sequence)) return [];
  const path = join(directory, name);
  const stats = await unlessMissing(stat(path));
  return stats?.isFile() ? [{ sequence, path, bytes: stats.size }] : [];
};

/** The journal's segments, oldest first. */
export const listSegments = async (directory: string): Promise<SegmentFile[]> => {
  const names = (await readdir(directory)).sort();
  const found = await Promise.all(names.map((name) => readSegmentFile(directory, name)));
  return found.flat();
};

/** A new file is on disk only once its directory is. Windows cannot sync a directory and need not. */
export const syncDirectory = async (openFile: OpenFile, directory: string): Promise<void> => {
  if (process.platform === "win32") return;
  const handle = await openFile(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
