import type {
  Call,
  Entered,
  Granted,
  History,
  Moved,
  Processed,
  QueueEvent,
  Settled,
} from "./events";

/** One lease and what its holder did with it. */
export interface Holding {
  readonly granted: Granted;
  readonly processed: Processed[];
  readonly settled: Settled[];
}

/** Everything that happened to one message of a key. */
export interface MessageHistory {
  readonly message: string;
  readonly entered: Entered[];
  readonly holdings: Holding[];
  readonly moved: Moved[];
}

export interface KeyHistory {
  readonly key: string;
  readonly messages: ReadonlyMap<string, MessageHistory>;
  /** In the order of their ends. */
  readonly holdings: readonly Holding[];
}

const byEnd = (one: Call, other: Call): number => one.end - other.end || one.start - other.start;

const getOrCreate = <Value>(
  values: Map<string, Value>,
  name: string,
  create: () => Value,
): Value => {
  const value = values.get(name) ?? create();
  values.set(name, value);
  return value;
};

type Keys = Map<string, { messages: Map<string, MessageHistory>; holdings: Holding[] }>;

const keyOf = (keys: Keys, key: string) =>
  getOrCreate(keys, key, () => ({ messages: new Map(), holdings: [] }));

const messageOf = (keys: Keys, key: string, message: string): MessageHistory =>
  getOrCreate(keyOf(keys, key).messages, message, () => ({
    message,
    entered: [],
    holdings: [],
    moved: [],
  }));

const addGrants = (keys: Keys, history: History): Map<string, Holding> => {
  const holdings = new Map<string, Holding>();
  for (const granted of history) {
    if (granted.kind !== "granted") continue;
    const holding = { granted, processed: [], settled: [] };
    holdings.set(granted.lease, holding);
    keyOf(keys, granted.key).holdings.push(holding);
    for (const { message } of granted.messages)
      messageOf(keys, granted.key, message).holdings.push(holding);
  }
  return holdings;
};

const addCall = (keys: Keys, holdings: ReadonlyMap<string, Holding>, event: QueueEvent): void => {
  if (event.kind === "entered") messageOf(keys, event.key, event.message).entered.push(event);
  if (event.kind === "moved") messageOf(keys, event.key, event.message).moved.push(event);
  if (event.kind !== "processed" && event.kind !== "settled") return;
  const holding = holdings.get(event.lease);
  if (!holding)
    throw new Error(`the history has no lease ${event.lease}, but somebody who used it`);
  if (event.kind === "processed") holding.processed.push(event);
  else holding.settled.push(event);
};

/** Sorts a history by ordering key. */
export const toKeyHistories = (history: History): KeyHistory[] => {
  const keys: Keys = new Map();
  const ordered = [...history].sort(byEnd);
  const holdings = addGrants(keys, ordered);
  for (const event of ordered) addCall(keys, holdings, event);
  return [...keys].map(([key, rest]) => ({ key, ...rest }));
};

const hasHappened = ({ answer }: Settled): boolean => answer === "done" || answer === "unknown";

/**
 * The calls of which one ended the message for good. Of an acknowledgement without an answer nobody knows whether it
 * happened; unless the message was leased again, which shows that it did not.
 */
export const toEnds = ({ message, holdings, moved }: MessageHistory): readonly Call[] => {
  const last = holdings.at(-1);
  const settled = holdings.flatMap((holding) =>
    holding.settled.filter(
      (call) =>
        call.message === message &&
        (call.how === "acknowledge" || call.how === "setAside") &&
        (call.answer === "done" || (call.answer === "unknown" && holding === last)),
    ),
  );
  return [...settled, ...moved.filter(({ to }) => to === "gone")];
};

/** The calls of which one ended the lease before its time. */
export const toEarlyEnds = ({ granted, settled }: Holding): readonly Settled[] => {
  const last = granted.messages.at(-1)?.message;
  return settled.filter(
    (call) =>
      hasHappened(call) &&
      (call.how === "release" ||
        call.how === "block" ||
        (call.how !== "extend" && call.message === last)),
  );
};

/** When the engine's clock may first have shown that the lease is over, and when at the latest; as of a moment of the history. */
export const toExpiry = ({ granted, settled }: Holding, before: number) => {
  const length = granted.leaseSeconds * 1000;
  let earliest = granted.clockStart + length;
  let latest = granted.clockEnd + length;
  for (const { how, answer, seconds = 0, start, clockStart, clockEnd } of settled) {
    if (how !== "extend" || start >= before) continue;
    if (answer === "done") {
      earliest = clockStart + seconds * 1000;
      latest = clockEnd + seconds * 1000;
    }
    if (answer === "unknown") {
      earliest = Math.min(earliest, clockStart + seconds * 1000);
      latest = Math.max(latest, clockEnd + seconds * 1000);
    }
  }
  return { earliest, latest };
};
