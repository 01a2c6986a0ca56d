import { open } from "node:fs/promises";

/** What the journal needs of an open file; node's FileHandle has all of it. */
export interface JournalFile {
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>;
  write(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }>;
  datasync(): Promise<void>;
  sync(): Promise<void>;
  stat(): Promise<{ size: number; nlink: number }>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

export type OpenFile = (path: string, flags: string, mode?: number) => Promise<JournalFile>;

export const openFromDisk: OpenFile = open;

/** A write may take fewer bytes than it was given; this one takes all or throws. */
export const writeAll = async (file: JournalFile, bytes: Buffer, position: number) => {
  let written = 0;
  while (written < bytes.length) {
    const rest = bytes.length - written;
    written += (await file.write(bytes, written, rest, position + written)).bytesWritten;
  }
};
