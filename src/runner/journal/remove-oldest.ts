import { removeFile } from "../directory-lock/missing-file";
import type { ReportJournal } from "./journal-report";
import type { SegmentFile } from "./segment-files";

export interface SizeLimit {
  readonly maximumBytes: number;
  readonly report: ReportJournal;
}

/**
 * Deletes from `closed`, and from disk, the oldest segments until they and the one in use fit into the maximum.
 * One that cannot be deleted is reported and comes up again when segments are listed anew.
 */
export const removeOldest = async (
  closed: SegmentFile[],
  bytesInUse: number,
  { maximumBytes, report }: SizeLimit,
): Promise<void> => {
  let total = closed.reduce((sum, { bytes }) => sum + bytes, bytesInUse);
  while (total > maximumBytes) {
    const oldest = closed.shift();
    if (!oldest) return;
    const { path: file, bytes } = oldest;
    const refused = () => report({ kind: "segment-not-removed", file, offset: 0, bytes });
    await removeFile(file).catch(refused);
    total -= bytes;
  }
};
