import type { Call, Settled } from "./events";
import { type Holding, type KeyHistory, toEarlyEnds, toExpiry } from "./key-history";
import type { Report } from "./violation";

/** Two clocks that show milliseconds, and a machine that is slow to look. */
const TOLERANCE_MILLISECONDS = 20;

const nameOf = ({ granted }: Holding): string => granted.messages[0]?.message ?? "";

const isExpired = (holding: Holding, { end, clockEnd }: Call): boolean =>
  toExpiry(holding, end).earliest <= clockEnd + TOLERANCE_MILLISECONDS;

/** Whether a message of it was set aside because it had run out, before a call; the clock may have gone back since. */
const isSetAside = ({ messages }: KeyHistory, holding: Holding, before: Call): boolean =>
  holding.granted.messages.some(({ message }) =>
    messages
      .get(message)
      ?.moved.some(
        (move) =>
          move.end > holding.granted.start && move.start < before.end && isExpired(holding, move),
      ),
  );

const isOver = (history: KeyHistory, holding: Holding, next: Holding): boolean =>
  toEarlyEnds(holding).some(({ start }) => start <= next.granted.end) ||
  isExpired(holding, next.granted) ||
  isSetAside(history, holding, next.granted);

const checkExclusive = (
  history: KeyHistory,
  one: Holding,
  other: Holding,
  report: Report,
): void => {
  if (isOver(history, one, other)) return;
  const areParallel = other.granted.start <= one.granted.end;
  if (areParallel && isOver(history, other, one)) return;
  report(
    "shared",
    nameOf(other),
    `${other.granted.lease} was granted while ${one.granted.lease} lasted`,
  );
};

const checkDone = (call: Settled, holding: Holding, next: Holding | undefined, report: Report) => {
  const isTaken = next && next.granted.start > holding.granted.end && next.granted.end < call.start;
  const { latest } = toExpiry(holding, call.start);
  if (!isTaken && call.clockStart < latest + TOLERANCE_MILLISECONDS) return;
  report("usurped", call.message, `${call.how} was carried out for ${call.lease}`);
};

/** Whether somebody else had come by then; whether he was right to come, `checkExclusive` says. */
const isSucceeded = (call: Settled, { granted }: Holding, { holdings }: KeyHistory): boolean =>
  holdings.some(
    (other) =>
      other.granted !== granted &&
      other.granted.end > granted.start &&
      other.granted.start < call.end,
  );

/** A settling call can be stale for good reasons only. */
const checkStale = (call: Settled, holding: Holding, history: KeyHistory, report: Report): void => {
  const isSettled = holding.settled.some(
    ({ message, how, answer, start }) =>
      message === call.message &&
      how !== "extend" &&
      (answer === "done" || answer === "unknown") &&
      start < call.end,
  );
  const isEnded = toEarlyEnds(holding).some(({ start }) => start < call.end);
  const isOver = isExpired(holding, call) || isSetAside(history, holding, call);
  if (!isOver && !isSettled && !isEnded && !isSucceeded(call, holding, history))
    report("revoked", call.message, `${call.how} was stale for ${call.lease}`);
};

const checkCalls = (
  history: KeyHistory,
  holding: Holding,
  next: Holding | undefined,
  report: Report,
): void => {
  for (const call of holding.settled) {
    if (call.answer === "done") checkDone(call, holding, next, report);
    if (call.answer === "stale") checkStale(call, holding, history, report);
  }
};

/** At most one holder of a key at a time, who holds it for as long as was promised, and not longer. */
export const checkLeases = (history: KeyHistory, report: Report): void => {
  for (const [index, holding] of history.holdings.entries()) {
    const next = history.holdings[index + 1];
    if (next) checkExclusive(history, holding, next, report);
    checkCalls(history, holding, next, report);
  }
};
