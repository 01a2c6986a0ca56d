import type { JournalFile } from "./journal-file";

const CHUNK_BYTES = 256 * 1024;

/** `length` bytes from `position`; fewer only where the file or the limit ends. */
export type ReadBytes = (position: number, length: number) => Promise<Buffer>;

const readFully = async (file: JournalFile, position: number, length: number) => {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
};

/** Reads ahead in chunks, so that a small record does not cost a system call. Nothing at or behind `end` is read. */
export const createReadWindow = (file: JournalFile, end: number): ReadBytes => {
  let start = 0;
  let chunk: Buffer = Buffer.alloc(0);
  return async (position, length) => {
    const wanted = Math.max(0, Math.min(length, end - position));
    const isInside = position >= start && position + wanted <= start + chunk.length;
    if (!isInside) {
      const ahead = Math.min(Math.max(wanted, CHUNK_BYTES), Math.max(wanted, end - position));
      chunk = await readFully(file, position, ahead);
      start = position;
    }
    return chunk.subarray(position - start, position - start + wanted);
  };
};
