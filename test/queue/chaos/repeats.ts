import type { History } from "../../support/queue/history/events";
import {
  type Holding,
  type MessageHistory,
  toKeyHistories,
} from "../../support/queue/history/key-history";

/** Why a message was processed more than once: what became of the time before. */
export type Reason = "killed" | "expired" | "unanswered" | "unexplained";

/** A lease is named after its holder. */
const holderOf = ({ granted }: Holding): string => granted.lease.split("/")[0] ?? "";

const toReason = (message: string, holding: Holding, killed: ReadonlySet<string>): Reason => {
  const calls = holding.settled.filter((call) => call.message === message);
  if (calls.some(({ answer }) => answer === "stale")) return "expired";
  if (killed.has(holderOf(holding))) return "killed";
  return calls.some(({ answer }) => answer === "unknown") ? "unanswered" : "unexplained";
};

const reasonsOf = (
  { message, holdings }: MessageHistory,
  killed: ReadonlySet<string>,
): Reason[] => {
  const processed = holdings.filter((holding) =>
    holding.processed.some((event) => event.message === message),
  );
  const inVain = processed.filter(
    ({ settled }) => !settled.some((call) => call.message === message && call.answer === "done"),
  );
  const excess = processed.length - 1;
  return inVain.slice(0, excess).map((holding) => toReason(message, holding, killed));
};

/** One reason for each time that a message was processed again. */
export const toRepeats = (history: History, killed: ReadonlySet<string>): Reason[] =>
  toKeyHistories(history).flatMap(({ messages }) =>
    [...messages.values()].flatMap((message) => {
      const reasons = reasonsOf(message, killed);
      const times = message.holdings.flatMap(({ processed }) =>
        processed.filter((event) => event.message === message.message),
      ).length;
      const missing = Math.max(0, times - 1 - reasons.length);
      return [...reasons, ...Array<Reason>(missing).fill("unexplained")];
    }),
  );
