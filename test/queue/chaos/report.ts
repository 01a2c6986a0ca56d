import { checkHistory } from "../../support/queue/history/check-history";
import type { QueueEvent } from "../../support/queue/history/events";
import type { Violation } from "../../support/queue/history/violation";
import type { Plan } from "./plan";
import { type Reason, toRepeats } from "./repeats";
import type { Outcome } from "./run";

export interface Judgement {
  readonly rows: readonly (readonly [string, string | number])[];
  readonly violations: readonly Violation[];
  readonly isGood: boolean;
}

const countOf = <Kind extends QueueEvent["kind"]>(
  { history }: Outcome,
  kind: Kind,
  isMeant: (event: Extract<QueueEvent, { kind: Kind }>) => boolean = () => true,
): number =>
  history.filter(
    (event) => event.kind === kind && isMeant(event as Extract<QueueEvent, { kind: Kind }>),
  ).length;

const countPromise = (
  violations: readonly Violation[],
  ...promises: readonly Violation["promise"][]
): number => violations.filter(({ promise }) => promises.includes(promise)).length;

const toWork = (plan: Plan, outcome: Outcome): Judgement["rows"] => [
  ["messages", plan.messages],
  ["ordering keys, by Zipf", plan.keys],
  ["seconds", outcome.seconds.toFixed(1)],
  ["consumer processes killed", outcome.killed.size],
  ["engine killed", outcome.engineKills],
  ["batches enqueued again for want of an answer", outcome.retries],
  ["batches enqueued again on purpose", outcome.repeats],
  ["leases of a key", countOf(outcome, "granted")],
  ["of these with several messages", countOf(outcome, "granted", (one) => one.messages.length > 1)],
  ["messages processed", countOf(outcome, "processed")],
  [
    "messages released",
    countOf(outcome, "settled", (one) => one.how === "release" && one.answer === "done"),
  ],
  ["settling calls answered stale", countOf(outcome, "settled", (one) => one.answer === "stale")],
  [
    "settling calls without an answer",
    countOf(outcome, "settled", (one) => one.answer === "unknown"),
  ],
];

const toRepeatRows = (repeats: readonly Reason[]): Judgement["rows"] => {
  const count = (reason: Reason): number => repeats.filter((one) => one === reason).length;
  return [
    ["processed again: the lease had run out", count("expired")],
    ["processed again: the consumer was killed", count("killed")],
    ["processed again: the acknowledgement had no answer", count("unanswered")],
    ["processed again: UNEXPLAINED", count("unexplained")],
  ];
};

/** What happened, and whether all promises were kept. */
export const judge = (plan: Plan, outcome: Outcome): Judgement => {
  const { status, failures, history, killed } = outcome;
  const violations = checkHistory(history, { isDrained: true, toDedupeKey: (message) => message });
  const repeats = toRepeats(history, killed);
  const left = status.ready + status.delayed + status.leased + status.blocked;
  const wrongs: Judgement["rows"] = [
    ["order violations", countPromise(violations, "overtaken")],
    ["acknowledged to the producer but lost", countPromise(violations, "lost", "dropped")],
    [
      "taken or ended twice, or back after their end",
      countPromise(violations, "doubled", "returned", "invented"),
    ],
    [
      "keys with two holders, settled without a lease",
      countPromise(violations, "shared", "usurped"),
    ],
    [
      "leases lost before their time, attempts miscounted",
      countPromise(violations, "revoked", "miscounted"),
    ],
    ["dead letters", status.dead],
    ["left in the queue", left],
    ["consumers that failed", failures.length],
  ];
  const unexplained = repeats.filter((reason) => reason === "unexplained").length;
  const isGood = unexplained === 0 && wrongs.every(([, count]) => count === 0);
  return {
    rows: [...toWork(plan, outcome), ...toRepeatRows(repeats), ...wrongs],
    violations,
    isGood,
  };
};

export const toTable = ({ rows }: Judgement): string => {
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${String(value).padStart(9)}`);
  return `${lines.join("\n")}\n`;
};
