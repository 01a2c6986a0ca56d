import { removeFile } from "../directory-lock/missing-file";
import { createSegment, quietly } from "./create-segment";
import { type JournalFile, writeAll } from "./journal-file";
import { countBytes, type JournalRecord, toFrames } from "./record-frame";
import { type OpenSegment, type RecoverOptions, recoverNewestSegment } from "./recover-segment";
import { removeOldest, type SizeLimit } from "./remove-oldest";
import { listSegments } from "./segment-files";
import { SEGMENT_HEADER_BYTES } from "./segment-header";

export interface SegmentWriterOptions extends RecoverOptions, SizeLimit {
  readonly segmentBytes: number;
  /** Called before a segment is created: the directory is there and nobody else writes it? */
  readonly ensureLocked: () => Promise<void>;
}

export interface SegmentWriter {
  /**
   * Resolves when all records are on disk. When it throws, none of them will be read, unless the disk refused to
   * take them back too. One call at a time.
   */
  write(records: readonly JournalRecord[]): Promise<void>;
  /** Where the segment in use ends, as far as it is on disk. */
  committed(): Pick<OpenSegment, "sequence" | "end"> | undefined;
  close(): Promise<void>;
}

/** A file that somebody deleted still takes writes, but nobody will ever read them. */
const syncLinked = async (file: JournalFile, path: string) => {
  const [{ nlink }] = await Promise.all([file.stat(), file.datasync()]);
  if (nlink === 0) throw Object.assign(new Error(`${path} was deleted`), { code: "ENOENT" });
};

/** After a failed sync nobody knows what the disk holds, so a segment that failed is never written again. */
const retire = async ({ file, path, end }: OpenSegment) => {
  await quietly(file.truncate(end));
  await quietly(file.datasync());
  await quietly(file.close());
  if (end === SEGMENT_HEADER_BYTES) await quietly(removeFile(path));
};

export const createSegmentWriter = async (
  options: SegmentWriterOptions,
): Promise<SegmentWriter> => {
  const { directory, openFile, segmentBytes, ensureLocked } = options;
  let current = await recoverNewestSegment(options);
  let closed = (await listSegments(directory)).filter(({ path }) => path !== current?.path);
  let newest = current?.sequence ?? 0;

  const close = async () => {
    if (current) await quietly(current.file.close());
    current = undefined;
  };

  const beginSegment = async () => {
    await ensureLocked();
    closed = await listSegments(directory);
    newest = Math.max(newest, closed.at(-1)?.sequence ?? 0) + 1;
    return createSegment(directory, newest, openFile);
  };

  const toSegmentWithRoom = async (bytes: number) => {
    const end = current?.end ?? 0;
    if (end > SEGMENT_HEADER_BYTES && end + bytes > segmentBytes) await close();
    current ??= await beginSegment();
    return current;
  };

  const write = async (records: readonly JournalRecord[]) => {
    const bytes = countBytes(records);
    const segment = await toSegmentWithRoom(bytes);
    try {
      await writeAll(segment.file, toFrames(segment.marker, records), segment.end);
      await syncLinked(segment.file, segment.path);
    } catch (error) {
      await retire(segment);
      current = undefined;
      throw error;
    }
    segment.end += bytes;
    await removeOldest(closed, segment.end, options);
  };

  return { write, committed: () => current, close };
};
