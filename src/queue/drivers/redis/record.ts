import type { NewMessage } from "../../message";
import { fromCarried, toCarried } from "./text";

/** What Redis keeps of a message: `<enqueued at> <id> <length of the dedupe key> <dedupe key><body>`. */
export interface StoredRecord {
  readonly enqueuedAt: Date;
  readonly id: string;
  readonly dedupeKey: string;
  readonly body: string;
}

/** The part that the driver writes; the script puts time and id before it. */
export const toRecordEnd = ({ dedupeKey, body }: NewMessage): string => {
  const carried = toCarried(dedupeKey);
  return `${carried.length} ${carried}${toCarried(body)}`;
};

const RECORD = /^(\d+) (\d+) (\d+) /;

export const readRecord = (record: string): StoredRecord => {
  const [start = "", enqueuedAt, id = "", length] = RECORD.exec(record) ?? [];
  const end = start.length + Number(length);
  return {
    enqueuedAt: new Date(Number(enqueuedAt)),
    id,
    dedupeKey: fromCarried(record.slice(start.length, end)),
    body: fromCarried(record.slice(end)),
  };
};
