import type { QueueDriver } from "../../driver";
import { checkCursor } from "../../limits";
import type { Calls } from "./calls";
import { readStoredText } from "./stored-text";

type DeadLetterVerbs = Pick<QueueDriver, "listDeadLetters" | "redrive" | "discard">;

/** So many are moved in one transaction. */
const CHUNK = 200;

const NUMBER = /^\d{1,18}$/;

const isNumber = (text: string): boolean => NUMBER.test(text);

interface DeadRow {
  readonly seq: string;
  readonly is_last: boolean;
  readonly id: string;
  readonly ordering_key: string;
  readonly dedupe_key: string;
  readonly body: string;
  readonly attempt: number;
  readonly reason: string;
  readonly is_blocking: boolean;
  readonly enqueued_at: string;
  readonly dead_at: string;
}

interface MovedRow {
  readonly moved: number;
  readonly last: string | null;
  readonly until: string;
}

export const createDeadLetterVerbs = ({ call }: Calls): DeadLetterVerbs => {
  /** Part by part, so that a long list is no long transaction. */
  const move = async (name: string, queue: string, ids: readonly string[] | null) => {
    let sum = 0;
    let [after, until]: [string, string | null] = ["0", null];
    for (;;) {
      const [row]: readonly MovedRow[] = await call<MovedRow>(name, [
        queue,
        ids,
        after,
        until,
        CHUNK,
      ]);
      if (!row?.last) return sum;
      sum += row.moved;
      if (row.moved < CHUNK) return sum;
      [after, until] = [row.last, row.until];
    }
  };

  return {
    listDeadLetters: async (queue, { limit, cursor }) => {
      const rows = await call<DeadRow>("list_dead", [
        queue,
        checkCursor(cursor ?? "0", NUMBER),
        limit,
      ]);
      const last = rows.at(-1);
      return {
        deadLetters: rows.map((row) => ({
          id: row.id,
          orderingKey: readStoredText(row.ordering_key),
          dedupeKey: readStoredText(row.dedupe_key),
          body: row.body,
          attempt: row.attempt,
          reason: row.reason,
          isBlocking: row.is_blocking,
          enqueuedAt: new Date(Number(row.enqueued_at)),
          deadAt: new Date(Number(row.dead_at)),
        })),
        cursor: last && !last.is_last ? last.seq : null,
      };
    },
    redrive: (queue, ids) => move("redrive", queue, ids === "all" ? null : ids.filter(isNumber)),
    discard: (queue, ids) => move("discard", queue, ids.filter(isNumber)),
  };
};
