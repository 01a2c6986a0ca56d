import { setTimeout as delay } from "node:timers/promises";
import { createQueue, type Leased, type Queue, type QueueAccess } from "../../../src/queue/queue";
import { acknowledge, release } from "../../../src/queue/settle";
import { type Chance, toWhole } from "../../support/queue/chance";
import type { Settled } from "../../support/queue/history/events";
import { toCall, toMoment } from "../../support/queue/history/moment";
import type { Plan } from "./plan";
import { toMessageName } from "./produce";
import type { Line } from "./record";
import { callUntilAnswered } from "./retry";

const MOST_ATTEMPTS = 1000;
const LONGEST_WORK_MILLISECONDS = 3;
const IDLE_MILLISECONDS = 20;

export interface Consumer {
  readonly name: string;
  readonly plan: Plan;
  readonly access: QueueAccess;
  readonly queue: string;
  readonly chance: Chance;
  readonly write: (line: Line) => void;
  readonly isStopping: () => boolean;
}

const statuses = { acknowledged: "done", released: "done", stale: "stale" } as const;

const isKnown = (status: string): status is keyof typeof statuses => status in statuses;

let counter = 0;
const toName = (consumer: Consumer): string => {
  counter += 1;
  return `${consumer.name}/${counter}`;
};

/** Writes down what it is about to do before it does it. The answer to a repetition may be `stale` because the first try had happened. */
const settle = async (
  consumer: Consumer,
  lease: string,
  message: string,
  how: Settled["how"],
  run: () => Promise<{ readonly status: string }>,
): Promise<boolean> => {
  const settleOnce = async (): Promise<Settled["answer"]> => {
    const call = toName(consumer);
    const start = toMoment();
    consumer.write({ kind: "intent", call, lease, message, how, start });
    const note = (answer: Settled["answer"]): void =>
      consumer.write({
        kind: "settled",
        call,
        ...toCall(start, toMoment()),
        lease,
        message,
        how,
        answer,
      });
    try {
      const { status } = await run();
      if (!isKnown(status)) throw new Error(`${how} was answered ${status}`);
      note(statuses[status]);
      return statuses[status];
    } catch (error) {
      note("unknown");
      throw error;
    }
  };
  return (await callUntilAnswered(settleOnce)) === "done";
};

const work = async ({ plan, chance }: Consumer): Promise<void> => {
  const isStalled = chance() < plan.stallRate;
  const milliseconds = isStalled
    ? plan.leaseSeconds * 1000 * (1.1 + chance())
    : Math.floor(chance() * LONGEST_WORK_MILLISECONDS);
  if (milliseconds > 0) await delay(milliseconds);
};

/** Works through one message; false where the rest of its lease is no longer ours. */
const handle = async (consumer: Consumer, lease: string, leased: Leased): Promise<boolean> => {
  const { access, chance, plan, write } = consumer;
  const message = leased.dedupeKey;
  await work(consumer);
  if (chance() < plan.failRate) {
    const wish = { delaySeconds: 0, reason: "chaos" };
    await settle(consumer, lease, message, "release", () => release(access, leased.lease, wish));
    return false;
  }
  const now = toMoment();
  write({ kind: "processed", ...toCall(now, now), lease, message });
  await work(consumer);
  return settle(consumer, lease, message, "acknowledge", () => acknowledge(access, leased.lease));
};

const toGroups = (messages: readonly Leased[]): [string, Leased[]][] => {
  const groups = new Map<string, Leased[]>();
  for (const message of messages)
    groups.set(message.orderingKey, [...(groups.get(message.orderingKey) ?? []), message]);
  return [...groups];
};

const checkBody = ({ body, dedupeKey, orderingKey }: Leased): void => {
  const sent = body as { readonly key: string; readonly number: number };
  if (toMessageName(sent) !== dedupeKey || sent.key !== orderingKey)
    throw new Error(`${dedupeKey} of ${orderingKey} holds ${JSON.stringify(body)}`);
};

/** The messages of one key under one lease. */
interface Batch {
  readonly lease: string;
  readonly messages: readonly Leased[];
}

const leaseOnce = async (consumer: Consumer, queue: Queue): Promise<Batch[]> => {
  const { chance, write, plan } = consumer;
  const { leaseSeconds } = plan;
  const start = toMoment();
  const leased = await queue.lease({
    maximumMessages: toWhole(chance, 1, 10),
    maximumPerKey: toWhole(chance, 1, 5),
    leaseSeconds,
    maximumAttempts: MOST_ATTEMPTS,
    backoffSeconds: 0,
    maximumBackoffSeconds: 0,
    onExhausted: "deadLetter",
  });
  const call = toCall(start, toMoment());
  return toGroups(leased).map(([key, group]) => {
    const lease = toName(consumer);
    const messages = group.map(({ dedupeKey: message, id, attempt }) => ({ message, id, attempt }));
    write({ kind: "granted", ...call, lease, key, leaseSeconds, messages });
    return { lease, messages: group };
  });
};

const handleInOrder = async (consumer: Consumer, { lease, messages }: Batch): Promise<void> => {
  for (const message of messages) {
    checkBody(message);
    if (!(await handle(consumer, lease, message))) return;
  }
};

/** Leases, works and settles until it is told to stop. */
export const consume = async (consumer: Consumer): Promise<void> => {
  const queue = createQueue(consumer.access, consumer.queue);
  while (!consumer.isStopping()) {
    const batches = await callUntilAnswered(() => leaseOnce(consumer, queue));
    if (batches.length === 0) await delay(IDLE_MILLISECONDS);
    for (const batch of batches) await handleInOrder(consumer, batch);
  }
};
