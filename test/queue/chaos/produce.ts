import type { Queue } from "../../../src/queue/queue";
import { type Chance, createChance, toWhole } from "../../support/queue/chance";
import type { Entered } from "../../support/queue/history/events";
import { toCall, toMoment } from "../../support/queue/history/moment";
import type { Plan } from "./plan";
import { callUntilAnswered } from "./retry";
import { createZipf } from "./zipf";

const LARGEST_BATCH = 5;
const WINDOW_SECONDS = 86_400;

interface Numbered {
  readonly key: string;
  readonly number: number;
}

/** What a message is called in the history. */
export const toMessageName = ({ key, number }: Numbered): string => `${key}#${number}`;

export interface Produced {
  readonly events: readonly Entered[];
  readonly retries: number;
  readonly repeats: number;
}

/** Sends one batch and notes each try; one that failed may have happened. */
const send = async (
  queue: Queue,
  batch: readonly Numbered[],
  events: Entered[],
): Promise<number> => {
  let retries = 0;
  let start = 0;
  const note = (answers: readonly Entered["answer"][]): void => {
    const call = toCall(start, toMoment());
    for (const [rank, numbered] of batch.entries()) {
      const { key } = numbered;
      const message = toMessageName(numbered);
      const entered = {
        kind: "entered",
        key,
        message,
        rank,
        windowSeconds: WINDOW_SECONDS,
      } as const;
      events.push({ ...entered, ...call, answer: answers[rank]! });
    }
  };
  const drafts = batch.map((numbered) => ({
    orderingKey: numbered.key,
    dedupeKey: toMessageName(numbered),
    body: numbered,
  }));
  const answers = await callUntilAnswered(
    () => {
      start = toMoment();
      return queue.enqueue(drafts, WINDOW_SECONDS);
    },
    () => {
      retries += 1;
      note(batch.map(() => "unknown"));
    },
  );
  note(answers.map(({ status }) => status));
  return retries;
};

/** Numbers the messages of each key. Nobody else has these keys, so that "earlier" has one meaning. */
const createNumbering = (plan: Plan, producer: number, chance: Chance): (() => Numbered) => {
  const own = Math.floor((plan.keys - 1 - producer) / plan.producers) + 1;
  const draw = createZipf(own, chance);
  const last = new Map<string, number>();
  return () => {
    const key = `key ${producer + draw() * plan.producers}`;
    const number = (last.get(key) ?? 0) + 1;
    last.set(key, number);
    return { key, number };
  };
};

/**
 * One producer: one batch after the other, and now and then one again that was answered long ago.
 *
 * @param waitForConsumers Keeps producers busy until near the end, so that kills meet them as well.
 */
export const produce = async (
  queue: Queue,
  plan: Plan,
  producer: number,
  waitForConsumers: (sent: number) => Promise<void>,
): Promise<Produced> => {
  const chance = createChance(plan.seed + producer);
  const next = createNumbering(plan, producer, chance);
  const events: Entered[] = [];
  const sent: (readonly Numbered[])[] = [];
  let left =
    Math.floor(plan.messages / plan.producers) +
    (producer < plan.messages % plan.producers ? 1 : 0);
  let retries = 0;
  let repeats = 0;
  let count = 0;
  while (left > 0) {
    await waitForConsumers(count);
    const size = Math.min(left, toWhole(chance, 1, LARGEST_BATCH));
    const batch = Array.from({ length: size }, next);
    retries += await send(queue, batch, events);
    sent.push(batch);
    left -= size;
    count += size;
    if (chance() >= plan.repeatRate) continue;
    retries += await send(queue, sent[toWhole(chance, 0, sent.length - 1)]!, events);
    repeats += 1;
  }
  return { events, retries, repeats };
};
