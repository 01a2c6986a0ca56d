import type { Call, Entered } from "./events";
import { type KeyHistory, type MessageHistory, toEnds } from "./key-history";
import type { Report } from "./violation";

/** No lease has more; so one more than that are enough to find one that is not of the same lease. */
const MOST_PER_LEASE = 1000;

/** From which call to which a message was taken: where it stands in its key was decided in between. */
interface Entrance {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly rank: number;
}

/** A repeat alone brings nothing in. */
const toEntrance = ({ message, entered }: MessageHistory): Entrance | undefined => {
  const first = entered.find(({ answer }) => answer !== "duplicate");
  const definite = entered.find(({ answer }) => answer !== "unknown") ?? entered.at(-1);
  if (!first || !definite) return undefined;
  return { message, start: Math.min(...entered.map(startOf)), end: definite.end, rank: first.rank };
};

const startOf = ({ start }: Entered): number => start;

const isBefore = (one: Entrance, other: Entrance): boolean =>
  one.end < other.start ||
  (one.start === other.start && one.end === other.end && one.rank < other.rank);

/** Something that must not happen to a message before all earlier ones have left, except those `besides`. */
interface Turn {
  readonly at: number;
  readonly message: string;
  readonly besides: readonly string[];
  readonly what: string;
}

const toTurns = ({ holdings }: KeyHistory): Turn[] =>
  holdings.flatMap(({ granted, processed }) => {
    const names = granted.messages.map(({ message }) => message);
    const leased = names.map((message, index) => ({
      at: granted.end,
      message,
      besides: names.slice(0, index),
      what: "leased",
    }));
    const worked = processed.map(({ message, start }) => ({
      at: start,
      message,
      besides: [],
      what: "processed",
    }));
    return [...leased, ...worked];
  });

const firstStart = (calls: readonly Call[]): number =>
  Math.min(Number.POSITIVE_INFINITY, ...calls.map(({ start }) => start));

/** `present` is in the order of entrances, so nothing behind the message itself counts. */
const toEarlierOnes = (present: ReadonlyMap<string, Entrance>, own: Entrance): string[] => {
  const earlier: string[] = [];
  for (const other of present.values()) {
    if (other.message === own.message) break;
    if (isBefore(other, own)) earlier.push(other.message);
    if (earlier.length > MOST_PER_LEASE) break;
  }
  return earlier;
};

type Moment = readonly [at: number, order: 0 | 1 | 2, happen: () => void];

/**
 * Goes through a key's history in the order of time. `present` are the messages that are there for certain, in the order
 * of their entrances.
 */
export const checkOrder = (history: KeyHistory, report: Report): void => {
  const messages = [...history.messages.values()];
  const entrances = new Map<string, Entrance>();
  const present = new Map<string, Entrance>();
  const moments: Moment[] = [];
  for (const message of messages) {
    const entrance = toEntrance(message);
    if (!entrance) continue;
    entrances.set(message.message, entrance);
    const left = firstStart(toEnds(message));
    if (left > entrance.end)
      moments.push([entrance.end, 1, () => present.set(message.message, entrance)]);
    moments.push([left, 0, () => present.delete(message.message)]);
  }
  const check = ({ message, besides, what }: Turn): void => {
    const own = entrances.get(message);
    const others = own ? toEarlierOnes(present, own) : [];
    const passed = others.find((other) => !besides.includes(other));
    if (passed !== undefined) report("overtaken", message, `${what} while ${passed} was there`);
  };
  for (const turn of toTurns(history)) moments.push([turn.at, 2, () => check(turn)]);
  moments.sort(([at, order], [otherAt, otherOrder]) => at - otherAt || order - otherOrder);
  for (const [, , happen] of moments) happen();
};
