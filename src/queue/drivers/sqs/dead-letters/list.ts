import type { DeadLetterPage } from "../../../driver";
import { checkCursor } from "../../../limits";
import type { SqsEngine } from "../engine";
import type { Received } from "../receive";
import { putBack, receiveAll } from "./hold";
import { CURSOR, toDeadLetter, toOldestFirst, toPosition } from "./letter";

/**
 * SQS shows messages only to those who receive them, and in no order: each page receives all dead letters, keeps the
 * oldest, and puts everything back. While that lasts, another list, redrive or discard does not see them; if it is cut
 * off, they are back after five minutes. Past a minute of receiving, the list is of what was received.
 */
export const listDeadLetters = async (
  engine: SqsEngine,
  url: string,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
): Promise<DeadLetterPage> => {
  const start = cursor === null ? "" : checkCursor(cursor, CURSOR);
  const receipts: string[] = [];
  let oldest: readonly Received[] = [];
  try {
    for await (const letters of receiveAll(engine, url)) {
      receipts.push(...letters.map(({ receipt }) => receipt));
      const further = letters.filter((letter) => toPosition(letter) > start);
      oldest = toOldestFirst([...oldest, ...further]).slice(0, limit + 1);
    }
  } finally {
    await putBack(engine, url, receipts);
  }
  const page = oldest.slice(0, limit);
  const last = page.at(-1);
  return {
    deadLetters: page.map(toDeadLetter),
    cursor: last && oldest.length > limit ? toPosition(last) : null,
  };
};
