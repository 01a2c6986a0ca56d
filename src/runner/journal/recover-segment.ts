import { removeFile } from "../directory-lock/missing-file";
import type { JournalFile, OpenFile } from "./journal-file";
import type { ReportJournal } from "./journal-report";
import { createReadWindow } from "./read-window";
import { FRAME_HEADER_BYTES } from "./record-frame";
import { scanSegment } from "./scan-segment";
import { listSegments, type SegmentFile } from "./segment-files";
import { readSegmentHeader, SEGMENT_HEADER_BYTES } from "./segment-header";

/** A segment that is being written. Everything before `end` is on disk. */
export interface OpenSegment {
  readonly file: JournalFile;
  readonly path: string;
  readonly sequence: number;
  readonly marker: Buffer;
  end: number;
}

export interface RecoverOptions {
  readonly directory: string;
  readonly openFile: OpenFile;
  readonly report: ReportJournal;
}

type Recovery = Pick<OpenSegment, "marker" | "end"> | "unusable" | "empty";

const cutTail = async (file: JournalFile, path: string, marker: Buffer, report: ReportJournal) => {
  const { size } = await file.stat();
  let tail: { offset: number; bytes: number } | undefined;
  for await (const item of scanSegment(createReadWindow(file, size), marker, size)) {
    if (tail) report({ kind: "damage-skipped", file: path, ...tail });
    tail = item.type === "damage" ? { offset: item.offset, bytes: item.bytes } : undefined;
  }
  if (!tail) return size;
  await file.truncate(tail.offset);
  await file.datasync();
  report({ kind: "tail-cut-off", file: path, ...tail });
  return tail.offset;
};

const recover = async (file: JournalFile, { path, bytes }: SegmentFile, report: ReportJournal) => {
  const start = createReadWindow(file, bytes);
  const first = await start(0, SEGMENT_HEADER_BYTES + FRAME_HEADER_BYTES);
  const header = readSegmentHeader(first);
  // A crash in the middle of creating the segment.
  if (!header && bytes < SEGMENT_HEADER_BYTES) return "empty";
  if (!header || "version" in header || header.damaged) return "unusable";
  return { marker: header.marker, end: await cutTail(file, path, header.marker, report) };
};

/** The newest segment, cut back to its last whole record and ready for more; nothing when a new one is due. */
export const recoverNewestSegment = async (
  options: RecoverOptions,
): Promise<OpenSegment | undefined> => {
  const { directory, openFile, report } = options;
  const newest = (await listSegments(directory)).at(-1);
  if (!newest) return undefined;
  const { path, sequence } = newest;
  const file = await openFile(path, "r+");
  let recovery: Recovery = "unusable";
  try {
    recovery = await recover(file, newest, report);
  } finally {
    if (typeof recovery === "string") await file.close();
  }
  if (recovery === "empty") await removeFile(path);
  return typeof recovery === "string" ? undefined : { file, path, sequence, ...recovery };
};
