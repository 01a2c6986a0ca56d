import { unlessMissing } from "../directory-lock/missing-file";
import type { CapturedRequest } from "./captured-request";
import type { JournalFile, OpenFile } from "./journal-file";
import type { JournalReport, ReportJournal } from "./journal-report";
import { createReadWindow } from "./read-window";
import { FRAME_HEADER_BYTES } from "./record-frame";
import { REQUEST_KIND, readRequest } from "./request-record";
import { type ScanItem, scanSegment } from "./scan-segment";
import { listSegments, type SegmentFile } from "./segment-files";
import { readSegmentHeader, SEGMENT_HEADER_BYTES } from "./segment-header";

export interface ReadRequestsOptions {
  readonly directory: string;
  readonly openFile: OpenFile;
  readonly report: ReportJournal;
  /** Where a segment that is being written ends for now; without an answer it ends with its file. */
  readonly endOf: (sequence: number) => number | undefined;
}

type Report = Pick<JournalReport, "kind" | "offset" | "bytes">;

/** What a damaged stretch or a payload comes to: a request, a report, or nothing for a kind we do not know. */
const readItem = (item: ScanItem): CapturedRequest | Report | undefined => {
  if (item.type === "damage") return { ...item, kind: "damage-skipped" };
  if (item.kind !== REQUEST_KIND) return undefined;
  const { offset, payload } = item;
  const bytes = FRAME_HEADER_BYTES + payload.length;
  return readRequest(payload) ?? { kind: "damage-skipped", offset, bytes };
};

async function* readFile(file: JournalFile, end: number) {
  const read = createReadWindow(file, end);
  const header = readSegmentHeader(await read(0, SEGMENT_HEADER_BYTES + FRAME_HEADER_BYTES));
  if (!header || "version" in header) {
    yield { kind: "segment-unreadable", offset: 0, bytes: end } as const;
    return;
  }
  for await (const item of scanSegment(read, header.marker, end)) {
    const found = readItem(item);
    if (found) yield found;
  }
}

async function* readSegment(options: ReadRequestsOptions, segment: SegmentFile, isNewest: boolean) {
  const { openFile, endOf, report } = options;
  const { path, sequence } = segment;
  const file = await unlessMissing(openFile(path, "r"));
  if (!file) return;
  try {
    const { size } = await file.stat();
    const end = Math.min(size, endOf(sequence) ?? size);
    for await (const found of readFile(file, end)) {
      // What does not end well at the end of the newest segment may still be on its way there.
      const isUnderway = isNewest && "kind" in found && found.offset + found.bytes === end;
      if (!("kind" in found)) yield found;
      else if (!isUnderway) report({ ...found, file: path });
    }
  } finally {
    await file.close();
  }
}

/** Every captured request, oldest first, one at a time in memory. Segments deleted meanwhile are left out. */
export async function* readRequests(
  options: ReadRequestsOptions,
): AsyncGenerator<CapturedRequest, void> {
  const segments = (await unlessMissing(listSegments(options.directory))) ?? [];
  const newest = segments.at(-1);
  for (const segment of segments) yield* readSegment(options, segment, segment === newest);
}
