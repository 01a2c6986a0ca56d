import type {
  Entered,
  Granted,
  History,
  Processed,
  QueueEvent,
  Settled,
} from "../../support/queue/history/events";
import { toCall } from "../../support/queue/history/moment";

const KEY = "a";
const LEASE_SECONDS = 2;

export const entered = (
  message: string,
  start: number,
  answer: Entered["answer"] = "enqueued",
): Entered => ({
  kind: "entered",
  ...toCall(start, start + 1),
  key: KEY,
  message,
  rank: 0,
  windowSeconds: 3600,
  answer,
});

export const granted = (
  lease: string,
  start: number,
  messages: readonly string[],
  attempt = 1,
): Granted => ({
  kind: "granted",
  ...toCall(start, start + 1),
  key: KEY,
  lease,
  leaseSeconds: LEASE_SECONDS,
  messages: messages.map((message, index) => ({
    message,
    id: `id of ${message}`,
    attempt: index === 0 ? attempt : 1,
  })),
});

export const processed = (lease: string, message: string, at: number): Processed => ({
  kind: "processed",
  ...toCall(at, at),
  lease,
  message,
});

export const settled = (
  lease: string,
  message: string,
  start: number,
  answer: Settled["answer"] = "done",
  how: Settled["how"] = "acknowledge",
): Settled => ({ kind: "settled", ...toCall(start, start + 1), lease, message, how, answer });

/** Two messages, one after the other; the second is leased twice, because its first holder was too slow. */
export const goodHistory: History = [
  entered("1", 0),
  entered("2", 10),
  granted("x/1", 20, ["1"]),
  processed("x/1", "1", 30),
  settled("x/1", "1", 40),
  granted("x/2", 50, ["2"]),
  processed("x/2", "2", 60),
  granted("y/1", 2100, ["2"], 2),
  processed("y/1", "2", 2110),
  settled("x/2", "2", 2115, "stale"),
  settled("y/1", "2", 2120),
];

/** With one event replaced by others. */
export const doctor = (
  isMeant: (event: QueueEvent) => boolean,
  ...replacements: readonly QueueEvent[]
): History => {
  const index = goodHistory.findIndex(isMeant);
  return [...goodHistory.slice(0, index), ...replacements, ...goodHistory.slice(index + 1)];
};
