import type { Call, Entered, Settled } from "./events";
import type { Holding, KeyHistory, MessageHistory } from "./key-history";
import { toEnds } from "./key-history";
import type { Report } from "./violation";

const isTaken = ({ answer }: Entered): boolean => answer === "enqueued";

const startOf = ({ start }: Call): number => start;

/** Attempts start anew when a message is put back. */
const isPutBack = ({ moved }: MessageHistory, from: number, to: number): boolean =>
  moved.some((move) => move.to === "restored" && move.end > from && move.start < to);

const attemptOf = (message: string, { granted }: Holding): number =>
  granted.messages.find((one) => one.message === message)?.attempt ?? 0;

const isHead = (message: string, { granted }: Holding): boolean =>
  granted.messages[0]?.message === message;

const checkAttempts = (history: MessageHistory, report: Report): void => {
  const { message, holdings } = history;
  let highest = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const holding of holdings) {
    if (isPutBack(history, last, holding.granted.end)) highest = 0;
    last = holding.granted.start;
    const attempt = attemptOf(message, holding);
    const isRight = isHead(message, holding) ? attempt > highest : attempt === 1;
    if (!isRight) report("miscounted", message, `attempt ${attempt}, after attempt ${highest}`);
    if (isHead(message, holding)) highest = attempt;
  }
};

const isDone = ({ how, answer }: Settled): boolean =>
  answer === "done" && (how === "acknowledge" || how === "setAside" || how === "block");

const checkReturns = (history: MessageHistory, report: Report): void => {
  const { message, holdings, moved } = history;
  const settled = holdings.flatMap((holding) => holding.settled.filter(isDone));
  const own = settled.filter((call) => call.message === message);
  const definite = [
    ...own.filter(({ how }) => how !== "block"),
    ...moved.filter(({ to }) => to === "gone"),
  ];
  if (definite.length > 1) report("doubled", message, "it ended twice");
  const asides = [
    ...own.filter(({ how }) => how === "block"),
    ...moved.filter(({ to }) => to === "held"),
  ];
  const returns = moved.filter(({ to }) => to === "restored");
  for (const { granted } of holdings) {
    if (definite.some(({ end }) => end < granted.start))
      report("returned", message, `${granted.lease} was granted after it had ended`);
    const isAside = asides.some(
      ({ end }) =>
        end < granted.start &&
        !returns.some((back) => back.start > end && back.start < granted.end),
    );
    if (isAside) report("returned", message, `${granted.lease} was granted while it was set aside`);
  }
};

const toIds = (message: string, holdings: readonly Holding[]): Set<string> =>
  new Set(
    holdings.flatMap(({ granted }) =>
      granted.messages.filter((one) => one.message === message).map(({ id }) => id),
    ),
  );

const checkOrigin = ({ message, entered, holdings }: MessageHistory, report: Report): void => {
  const first = Math.min(...entered.map(startOf));
  for (const { granted } of holdings)
    if (!(first < granted.end)) report("invented", message, `${granted.lease} holds it`);
  const ids = toIds(message, holdings);
  if (ids.size > 1) report("doubled", message, `it is there as ${[...ids].join(" and ")}`);
  if (entered.filter(isTaken).length > 1) report("doubled", message, "it was taken twice");
};

/** Whether each message came from somewhere, was counted, ended once, and stayed away then. */
export const checkMessages = ({ messages }: KeyHistory, report: Report): void => {
  for (const history of messages.values()) {
    checkOrigin(history, report);
    checkAttempts(history, report);
    checkReturns(history, report);
  }
};

/** For a history at whose end the queue was empty. */
export const checkNothingLost = ({ messages }: KeyHistory, report: Report): void => {
  for (const history of messages.values()) {
    const { message, entered, holdings } = history;
    const isTakenForCertain =
      entered.some(({ answer }) => answer !== "unknown") &&
      entered.some(({ answer }) => answer !== "duplicate");
    if (!isTakenForCertain) continue;
    if (holdings.length === 0) report("lost", message, "it was taken, and never handed out");
    else if (toEnds(history).length === 0) report("lost", message, "it was taken, and never ended");
  }
};
