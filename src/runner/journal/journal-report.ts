/** Something about the journal's files that a person should know; nothing stops because of it. */
export interface JournalReport {
  readonly kind: "tail-cut-off" | "damage-skipped" | "segment-unreadable" | "segment-not-removed";
  readonly file: string;
  /** Where in the file, in bytes. */
  readonly offset: number;
  readonly bytes: number;
}

export type ReportJournal = (report: JournalReport) => void;

const descriptions: Record<JournalReport["kind"], string> = {
  "tail-cut-off":
    "ended in a record that was never finished; it was cut off, nothing acknowledged is lost",
  "damage-skipped": "has damaged bytes that were skipped; the records around them were read",
  "segment-unreadable": "cannot be read by this version; it was left as it is",
  "segment-not-removed": "should have been deleted to stay within the size limit, but could not be",
};

export const describeJournalReport = ({ kind, file, offset, bytes }: JournalReport): string =>
  `Journal file ${file} ${descriptions[kind]} (${bytes} bytes from byte ${offset}).`;
