import { checkDedupe } from "./check-dedupe";
import { checkLeases } from "./check-leases";
import { checkMessages, checkNothingLost } from "./check-messages";
import { checkOrder } from "./check-order";
import type { History } from "./events";
import { toKeyHistories } from "./key-history";
import type { Violation } from "./violation";

export interface Expectation {
  /** Whether the queue was empty at the end. */
  readonly isDrained: boolean;
  readonly toDedupeKey: (message: string) => string;
}

/**
 * Which promises a queue did not keep, by what its producers and consumers saw. Knows no driver and no reference: it
 * says only what cannot have happened in a strict FIFO queue, whatever was going on between the calls.
 */
export const checkHistory = (
  history: History,
  { isDrained, toDedupeKey }: Expectation,
): readonly Violation[] => {
  const violations = checkDedupe(history, toDedupeKey);
  for (const keyHistory of toKeyHistories(history)) {
    const { key } = keyHistory;
    const report = (promise: Violation["promise"], message: string, detail: string): void => {
      violations.push({ promise, key, message, detail });
    };
    checkOrder(keyHistory, report);
    checkLeases(keyHistory, report);
    checkMessages(keyHistory, report);
    if (isDrained) checkNothingLost(keyHistory, report);
  }
  return violations;
};
