import type { DeadLetter, LeasedMessage } from "../../../src/queue/message";
import type { QueueStatus } from "../../../src/queue/queue-status";

/** Whole hundreds of seconds: what two clocks agree on that started together. */
export const toHundreds = (milliseconds: number): number =>
  Math.round(Math.max(0, milliseconds) / 100_000);

/** An engine's own names and times differ from the reference's; what is left must not. */
export const toLeaseView = (
  { orderingKey, dedupeKey, body, attempt, enqueuedAt, expiresAt }: LeasedMessage,
  id: string | undefined,
) => ({
  id,
  orderingKey,
  dedupeKey,
  body,
  attempt,
  lasts: toHundreds(expiresAt.getTime() - enqueuedAt.getTime()),
});

export const toLetterView = (letter: DeadLetter, id: string | undefined) => {
  const { orderingKey, dedupeKey, body, attempt, reason, isBlocking, enqueuedAt, deadAt } = letter;
  const age = toHundreds(deadAt.getTime() - enqueuedAt.getTime());
  return { id, orderingKey, dedupeKey, body, attempt, reason, isBlocking, age };
};

const byKey = (one: { orderingKey: string }, other: { orderingKey: string }): number =>
  one.orderingKey < other.orderingKey ? -1 : 1;

/** Which ready message is the oldest depends on what counts, its place or its time, when the clock went back. */
const toOldestReady = ({ oldestReadySeconds, oldestKeys }: QueueStatus): string => {
  if (oldestReadySeconds === null) return "none";
  const isOfOne = oldestKeys.some(
    ({ state, waitingSeconds }) =>
      state === "ready" &&
      toHundreds(waitingSeconds * 1000) === toHundreds(oldestReadySeconds * 1000),
  );
  return isOfOne ? "of a ready key" : `${oldestReadySeconds}, which is no ready key's`;
};

export const toStatusView = ({ oldestReadySeconds, oldestKeys, ...counts }: QueueStatus) => ({
  ...counts,
  oldestReady: toOldestReady({ oldestReadySeconds, oldestKeys, ...counts }),
  oldestKeys: oldestKeys
    .map(({ waitingSeconds, ...key }) => ({ ...key, waiting: toHundreds(waitingSeconds * 1000) }))
    .sort(byKey),
});
