import { removeFile } from "../directory-lock/missing-file";
import { type OpenFile, writeAll } from "./journal-file";
import type { OpenSegment } from "./recover-segment";
import { syncDirectory, toSegmentPath } from "./segment-files";
import { createMarker, SEGMENT_HEADER_BYTES, toSegmentHeader } from "./segment-header";

/** A failing clean-up must not hide the failure that made it necessary. */
export const quietly = async (work: Promise<unknown>): Promise<void> => {
  await work.catch(() => undefined);
};

/** A new, empty segment whose name is on disk. Its header gets there with the first records. */
export const createSegment = async (
  directory: string,
  sequence: number,
  openFile: OpenFile,
): Promise<OpenSegment> => {
  const path = toSegmentPath(directory, sequence);
  const marker = createMarker();
  const file = await openFile(path, "wx+", 0o600);
  try {
    await writeAll(file, toSegmentHeader(marker), 0);
    await syncDirectory(openFile, directory);
    return { file, path, sequence, marker, end: SEGMENT_HEADER_BYTES };
  } catch (error) {
    await quietly(file.close());
    await quietly(removeFile(path));
    throw error;
  }
};
