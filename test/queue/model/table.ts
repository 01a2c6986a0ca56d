import type { QueueDriver } from "../../../src/queue/driver";
import type { DeadLetter, LeasedMessage } from "../../../src/queue/message";
import { type CountingClock, createCountingClock } from "../../support/queue/counting-clock";
import type { Call, QueueEvent } from "../../support/queue/history/events";
import type { createMemoryDriver } from "../../support/queue/memory-driver";

/** What is checked, and its clock. */
export interface Player {
  readonly driver: QueueDriver;
  readonly advance: (seconds: number) => Promise<void>;
  /** Whether what has once ended (a delay, a lease, a window) has ended for good, even if the clock goes back. Either is right. */
  readonly remembersEnds: boolean;
}

/** One message under a lease, as both sides call it. */
export interface Held {
  readonly consumer: number;
  readonly lease: string;
  /** Its name at that coming. */
  readonly message: string;
  readonly real: LeasedMessage;
  readonly reference: LeasedMessage;
}

/** An engine and the reference side by side, and what was seen so far. */
export interface Table {
  readonly queue: string;
  readonly player: Player;
  readonly reference: QueueDriver;
  readonly clock: CountingClock;
  /** Lets the reference lease these keys first. */
  readonly follow: (keys: readonly string[]) => void;
  /** The reference's name for the engine's message. */
  readonly ids: Map<string, string>;
  /** How often a message came in: a redriven one comes in again. */
  readonly comings: Map<string, number>;
  /** When something ends or has ended, in milliseconds of the reference's clock. */
  readonly ends: number[];
  held: Held[];
  /** No longer held, as far as its holder knows. */
  spent: Held[];
  /** The engine's, as last seen. */
  letters: readonly DeadLetter[];
  readonly events: QueueEvent[];
  /** Times a call; nothing else happens meanwhile. */
  readonly timed: <Answer>(call: () => Promise<Answer>) => Promise<readonly [Answer, Call]>;
  /** A name that nothing else has. */
  readonly toName: (prefix: string) => string;
}

export const createTable = (
  player: Player,
  queue: string,
  createReference: typeof createMemoryDriver,
): Table => {
  const clock = createCountingClock();
  let first: readonly string[] = [];
  let tick = 0;
  return {
    queue,
    player,
    clock,
    reference: createReference(clock.now, () => first),
    follow: (keys) => {
      first = keys;
    },
    ids: new Map(),
    comings: new Map(),
    ends: [],
    held: [],
    spent: [],
    letters: [],
    events: [],
    timed: async (call) => {
      const start = ++tick;
      const answer = await call();
      const now = clock.now();
      return [answer, { start, end: ++tick, clockStart: now, clockEnd: now }];
    },
    toName: (prefix) => `${prefix}${++tick}`,
  };
};

/** A message under the name of its coming. */
export const toMessageName = ({ comings }: Table, dedupeKey: string, id: string): string => {
  const coming = comings.get(id) ?? 1;
  return coming === 1 ? `${dedupeKey}/${id}` : `${id} again ${coming}`;
};

/** Reverses `toMessageName`; redriving is no repeat of anything. */
export const toDedupeKey = (message: string): string => message.split("/")[0] ?? message;
