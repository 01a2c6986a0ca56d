import type { QueueDriver } from "../../../src/queue/driver";
import type { LeasedMessage } from "../../../src/queue/message";
import { type Chance, createChance, toWhole } from "../../support/queue/chance";
import type { Call, History, QueueEvent, Settled } from "../../support/queue/history/events";
import { toMoment } from "../../support/queue/history/moment";

const KEYS = 5;
const WINDOW_SECONDS = 1_000_000;
const MOST_ROUNDS = 100;
const LEASE_SECONDS = 100;
const EXTENSION_SECONDS = 300;

export interface CrowdPlan {
  readonly workers: number;
  readonly actions: number;
  readonly seed: number;
}

interface Batch {
  readonly lease: string;
  readonly messages: LeasedMessage[];
}

/** What all workers share. */
interface Crowd {
  readonly driver: QueueDriver;
  readonly queue: string;
  readonly events: QueueEvent[];
  readonly timed: <Answer>(call: () => Promise<Answer>) => Promise<readonly [Answer, Call]>;
  readonly jump: () => Promise<void>;
  readonly toNumber: () => number;
}

/** The engine's clock is only moved forward; while somebody moves it, it may show the old or the new time. */
const createCrowd = (
  driver: QueueDriver,
  advance: (seconds: number) => Promise<void>,
  queue: string,
): Crowd => {
  let counter = 0;
  let begun = 0;
  let finished = 0;
  return {
    driver,
    queue,
    events: [],
    timed: async (call) => {
      const start = toMoment();
      const clockStart = start + finished;
      const answer = await call();
      const end = toMoment();
      return [answer, { start, end, clockStart, clockEnd: end + begun }];
    },
    jump: async () => {
      const milliseconds = (LEASE_SECONDS + 1) * 1000;
      begun += milliseconds;
      await advance(milliseconds / 1000);
      finished += milliseconds;
    },
    toNumber: () => {
      counter += 1;
      return counter;
    },
  };
};

const nameOf = (key: string, number: number): string => `${key}#${number}`;

/** New messages, and now and then one that somebody may have enqueued before. */
const enqueue = async ({ driver, queue, events, timed, toNumber }: Crowd, chance: Chance) => {
  const drafts = Array.from({ length: toWhole(chance, 1, 4) }, () => {
    const number = toNumber();
    const old = toWhole(chance, 1, number);
    return { number: chance() < 0.2 ? old : number };
  }).map(({ number }) => {
    const orderingKey = `key ${number % KEYS}`;
    const dedupeKey = nameOf(orderingKey, number);
    return { orderingKey, dedupeKey, body: dedupeKey, delaySeconds: 0 };
  });
  const [answers, call] = await timed(() => driver.enqueue(queue, drafts, WINDOW_SECONDS));
  for (const [rank, { status: answer }] of answers.entries()) {
    const { orderingKey: key, dedupeKey: message } = drafts[rank]!;
    const windowSeconds = WINDOW_SECONDS;
    events.push({ kind: "entered", ...call, key, message, rank, windowSeconds, answer });
  }
};

const lease = async (crowd: Crowd, maximumMessages: number, maximumPerKey: number) => {
  const { driver, queue, events, timed, toNumber } = crowd;
  const [leased, call] = await timed(() =>
    driver.lease(queue, {
      maximumMessages,
      maximumPerKey,
      leaseSeconds: LEASE_SECONDS,
      maximumAttempts: 1000,
      onExhausted: "deadLetter",
      exhaustedReason: "",
    }),
  );
  const batches = new Map<string, Batch>();
  for (const message of leased) {
    const batch = batches.get(message.orderingKey) ?? { lease: `${toNumber()}`, messages: [] };
    batches.set(message.orderingKey, batch);
    batch.messages.push(message);
  }
  for (const [key, batch] of batches) {
    const messages = batch.messages.map(({ dedupeKey: message, id, attempt }) => ({
      message,
      id,
      attempt,
    }));
    const leaseSeconds = LEASE_SECONDS;
    events.push({ kind: "granted", ...call, lease: batch.lease, key, leaseSeconds, messages });
  }
  return [...batches.values()];
};

const settle = async (
  { driver, queue, events, timed }: Crowd,
  { lease: name, messages }: Batch,
  how: Settled["how"],
): Promise<Settled["answer"]> => {
  const { reference, dedupeKey: message } = messages[0]!;
  const claim = { queue, reference };
  const run = {
    acknowledge: () => driver.acknowledge(claim),
    release: () => driver.release(claim, 0),
    setAside: () => driver.deadLetter(claim, { reason: "", blocksKey: false }),
    block: () => driver.deadLetter(claim, { reason: "", blocksKey: true }),
    extend: () => driver.extend(claim, EXTENSION_SECONDS),
  };
  const [result, call] = await timed<Date | string>(run[how]);
  const answer = result instanceof Date ? "done" : (result as Settled["answer"]);
  const seconds = EXTENSION_SECONDS;
  events.push({ kind: "settled", ...call, lease: name, message, how, seconds, answer });
  return answer;
};

/** Settles the first message of a batch in some way, or forgets the batch; what is left of it is the answer. */
const goOn = async (crowd: Crowd, chance: Chance, batch: Batch): Promise<Batch[]> => {
  const dice = chance();
  if (dice < 0.05) return [];
  if (dice < 0.15) {
    await settle(crowd, batch, "release");
    return [];
  }
  const how = dice < 0.2 ? "setAside" : dice < 0.3 ? "extend" : "acknowledge";
  if ((await settle(crowd, batch, how)) !== "done") return [];
  const messages = how === "extend" ? batch.messages : batch.messages.slice(1);
  return messages.length === 0 ? [] : [{ ...batch, messages }];
};

/** One thing that a worker does; what it holds afterwards is the answer. */
const act = async (
  crowd: Crowd,
  chance: Chance,
  held: readonly Batch[],
): Promise<readonly Batch[]> => {
  const dice = chance();
  const [first, ...others] = held;
  if (dice < 0.25) await enqueue(crowd, chance);
  else if (dice < 0.27) await crowd.jump();
  else if (dice < 0.5)
    return [...held, ...(await lease(crowd, toWhole(chance, 1, 6), toWhole(chance, 1, 3)))];
  else if (first) return [...others, ...(await goOn(crowd, chance, first))];
  return held;
};

const work = async (crowd: Crowd, actions: number, chance: Chance): Promise<void> => {
  let held: readonly Batch[] = [];
  for (let action = 0; action < actions; action += 1) held = await act(crowd, chance, held);
};

/** A queue that never becomes empty is given up on, and shows in the history. */
const drain = async (crowd: Crowd): Promise<void> => {
  for (let passed = 0; passed < EXTENSION_SECONDS; passed += LEASE_SECONDS) await crowd.jump();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const batches = await lease(crowd, 1000, 1000);
    if (batches.length === 0) return;
    for (const batch of batches)
      for (const message of batch.messages)
        await settle(crowd, { ...batch, messages: [message] }, "acknowledge");
  }
};

/** Workers that do what they like at the same time, and what they saw; the queue is empty at the end. */
export const playInCrowd = async (
  driver: QueueDriver,
  advance: (seconds: number) => Promise<void>,
  queue: string,
  { workers, actions, seed }: CrowdPlan,
): Promise<History> => {
  const crowd = createCrowd(driver, advance, queue);
  await Promise.all(
    Array.from({ length: workers }, (_, index) => work(crowd, actions, createChance(seed + index))),
  );
  await drain(crowd);
  return crowd.events;
};
