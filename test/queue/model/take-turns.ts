import { type Arbitrary, array, boolean, integer, record } from "fast-check";
import type { QueueDriver } from "../../../src/queue/driver";

const KEYS = ["a", "b", "c", "d", "e"];
/** More than a key can lose in the longest play. */
const MESSAGES = 150;
/** A key that is free may see another one leased so often before it is leased itself. */
const MOST_TURNS_OF_ANOTHER = 2;

interface Turn {
  readonly maximumMessages: number;
  readonly isAcknowledged: boolean;
}

export const turns: Arbitrary<readonly Turn[]> = array(
  record({ maximumMessages: integer({ min: 1, max: 3 }), isAcknowledged: boolean() }),
  { minLength: 10, maxLength: 40, size: "max" },
);

const fill = (driver: QueueDriver, queue: string) =>
  driver.enqueue(
    queue,
    Array.from({ length: KEYS.length * MESSAGES }, (_, index) => ({
      orderingKey: KEYS[index % KEYS.length]!,
      dedupeKey: String(index),
      body: "",
      delaySeconds: 0,
    })),
    1000,
  );

const leaseKeys = async (
  driver: QueueDriver,
  queue: string,
  { maximumMessages, isAcknowledged }: Turn,
): Promise<string[]> => {
  const leased = await driver.lease(queue, {
    maximumMessages,
    maximumPerKey: 1,
    leaseSeconds: 1000,
    maximumAttempts: 1000,
    onExhausted: "deadLetter",
    exhaustedReason: "",
  });
  expect(leased).toHaveLength(maximumMessages);
  for (const { reference } of leased) {
    const claim = { queue, reference };
    await (isAcknowledged ? driver.acknowledge(claim) : driver.release(claim, 0));
  }
  return leased.map(({ orderingKey }) => orderingKey);
};

/** How often each key has seen each other one leased since it was leased itself; the most of these is the answer. */
const notePassing = (
  passed: ReadonlyMap<string, Map<string, number>>,
  keys: readonly string[],
): number => {
  for (const key of keys) passed.get(key)?.clear();
  for (const counts of passed.values())
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Math.max(...[...passed.values()].flatMap((counts) => [...counts.values()]));
};

/** Leases and settles, so that every key is free whenever a lease is asked for; how often a key had to see another one pass. */
export const countMostTurns = async (
  driver: QueueDriver,
  queue: string,
  plan: readonly Turn[],
): Promise<number> => {
  await fill(driver, queue);
  const passed = new Map(KEYS.map((key) => [key, new Map<string, number>()]));
  let most = 0;
  for (const turn of plan)
    most = Math.max(most, notePassing(passed, await leaseKeys(driver, queue, turn)));
  return most;
};

export const expectTurns = (most: number): void => {
  expect(most).toBeLessThanOrEqual(MOST_TURNS_OF_ANOTHER);
};
