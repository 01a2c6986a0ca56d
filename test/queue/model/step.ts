import {
  type Arbitrary,
  array,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
} from "fast-check";

/**
 * Durations are whole hundreds of seconds, and each move of the clock is one more than a whole hundred; so, in a play of
 * fewer than `MOST_JUMPS`, nothing ends just when somebody looks, however long an engine takes over it.
 */
const MOST_JUMPS = 40;

interface StepDraft {
  readonly key: string;
  readonly dedupeKey: string;
  readonly delaySeconds: number;
}

/** One thing that somebody does with the queue. A number in `which` chooses among what there is by then. */
export type Step =
  | {
      readonly do: "enqueue";
      readonly drafts: readonly StepDraft[];
      readonly windowSeconds: number;
    }
  | {
      readonly do: "lease";
      readonly consumer: number;
      readonly maximumMessages: number;
      readonly maximumPerKey: number;
      readonly leaseSeconds: number;
      readonly maximumAttempts: number;
      readonly onExhausted: "deadLetter" | "block";
    }
  | { readonly do: "acknowledge"; readonly which: number }
  | { readonly do: "release"; readonly which: number; readonly delaySeconds: number }
  | { readonly do: "setAside"; readonly which: number; readonly blocksKey: boolean }
  | { readonly do: "extend"; readonly which: number; readonly seconds: number }
  /** A consumer forgets what it holds. */
  | { readonly do: "crash"; readonly consumer: number }
  | { readonly do: "jump"; readonly seconds: number }
  | { readonly do: "redrive" | "discard"; readonly which: readonly number[] | "all" };

const drafts = array(
  record({
    key: constantFrom("a", "b", "c"),
    dedupeKey: nat(30).map((id) => `m${id}`),
    delaySeconds: constantFrom(0, 0, 0, 0, 100, 300),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Low numbers are what is held longest, so that most settling calls are in order. */
const which = oneof({ weight: 3, arbitrary: constant(0) }, { weight: 1, arbitrary: nat(8) });

const step: Arbitrary<Step> = oneof(
  {
    weight: 5,
    arbitrary: record({
      do: constant("enqueue" as const),
      drafts,
      windowSeconds: constantFrom(200, 1000),
    }),
  },
  {
    weight: 6,
    arbitrary: record({
      do: constant("lease" as const),
      consumer: nat(2),
      maximumMessages: integer({ min: 1, max: 6 }),
      maximumPerKey: integer({ min: 1, max: 3 }),
      leaseSeconds: constantFrom(100, 300),
      maximumAttempts: integer({ min: 1, max: 4 }),
      onExhausted: constantFrom("deadLetter" as const, "deadLetter" as const, "block" as const),
    }),
  },
  { weight: 6, arbitrary: record({ do: constant("acknowledge" as const), which }) },
  {
    weight: 3,
    arbitrary: record({
      do: constant("release" as const),
      which,
      delaySeconds: constantFrom(0, 0, 100, 300),
    }),
  },
  {
    weight: 2,
    arbitrary: record({
      do: constant("setAside" as const),
      which,
      blocksKey: constantFrom(true, false),
    }),
  },
  {
    weight: 1,
    arbitrary: record({
      do: constant("extend" as const),
      which,
      seconds: constantFrom(100, 300, 1000),
    }),
  },
  { weight: 1, arbitrary: record({ do: constant("crash" as const), consumer: nat(2) }) },
  {
    weight: 3,
    arbitrary: record({
      do: constant("jump" as const),
      seconds: constantFrom(1, 101, 101, 201, 301, 1001, -99, -299),
    }),
  },
  {
    weight: 2,
    arbitrary: record({
      do: constantFrom("redrive" as const, "discard" as const),
      which: oneof(constant("all" as const), array(nat(4), { minLength: 1, maxLength: 3 })),
    }),
  },
);

const isShortOfJumps = (steps: readonly Step[]): boolean =>
  steps.filter((one) => one.do === "jump").length < MOST_JUMPS;

/** What producers, consumers and a person in front of the dead letters do, in the order in which they come to it. */
export const steps: Arbitrary<readonly Step[]> = array(step, {
  minLength: 1,
  maxLength: 60,
  size: "max",
}).filter(isShortOfJumps);
