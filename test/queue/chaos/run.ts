import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { createQueue, type Queue } from "../../../src/queue/queue";
import type { QueueStatus } from "../../../src/queue/queue-status";
import { createChance } from "../../support/queue/chance";
import type { History } from "../../support/queue/history/events";
import { toMoment } from "../../support/queue/history/moment";
import type { Engine } from "./engine";
import { type Fleet, startFleet } from "./fleet";
import { openDriver } from "./open-driver";
import type { Plan } from "./plan";
import { produce } from "./produce";
import { callUntilAnswered } from "./retry";

const PROGRESS_MILLISECONDS = 5000;
const LOOK_MILLISECONDS = 50;
/** Without progress for so long, the queue is stuck. */
const PATIENCE_MILLISECONDS = 60_000;

export interface Outcome {
  readonly history: History;
  readonly failures: readonly string[];
  readonly killed: ReadonlySet<string>;
  readonly engineKills: number;
  readonly retries: number;
  readonly repeats: number;
  readonly seconds: number;
  readonly status: QueueStatus;
}

const createAccess = (plan: Plan, { fields }: Engine) => ({
  connection: `${plan.engine}Queue`,
  driver: openDriver(plan.engine, fields),
});

interface Progress {
  /** Messages that somebody began to acknowledge. */
  done: number;
  /** Nothing has moved for too long. */
  isStuck: boolean;
}

/** Lets a producer be a fifth of its messages ahead. */
const createPace =
  (plan: Plan, progress: Progress) =>
  async (sent: number): Promise<void> => {
    const isAhead = (): boolean =>
      sent * plan.producers > progress.done + plan.messages / 5 + plan.producers;
    while (isAhead() && !progress.isStuck) await delay(LOOK_MILLISECONDS);
  };

/** Kills consumers and the engine as the work goes on, until all is acknowledged or nothing moves any more. */
const disturb = async (
  plan: Plan,
  engine: Engine,
  fleet: Fleet,
  progress: Progress,
): Promise<number> => {
  const chance = createChance(plan.seed - 1);
  const toNextKill = (): number => progress.done + plan.consumerKillEvery * (0.5 + chance());
  let nextKill = toNextKill();
  let engineKills = 0;
  const toNextEngineKill = (): number =>
    (plan.messages * (engineKills + 1)) / (plan.engineKills + 1);
  let movedAt = toMoment();
  while (progress.done < plan.messages && !progress.isStuck) {
    await delay(LOOK_MILLISECONDS);
    const before = progress.done;
    progress.done = fleet.look();
    if (progress.done > before) movedAt = toMoment();
    progress.isStuck = toMoment() - movedAt > PATIENCE_MILLISECONDS;
    if (progress.done >= nextKill) {
      fleet.killOne(chance);
      nextKill = toNextKill();
    }
    if (progress.done < toNextEngineKill() || progress.done >= plan.messages) continue;
    engine.kill();
    engineKills += 1;
  }
  return engineKills;
};

/** An acknowledgement that was begun may not have happened: what is left is worked off by whoever is there. */
const isEmpty = ({ ready, delayed, leased, blocked }: QueueStatus): boolean =>
  ready + delayed + leased + blocked === 0;

const waitUntilEmpty = async (queue: Queue): Promise<QueueStatus> => {
  const deadline = toMoment() + PATIENCE_MILLISECONDS;
  for (;;) {
    const status = await callUntilAnswered(() => queue.status());
    if (isEmpty(status) || toMoment() > deadline) return status;
    await delay(LOOK_MILLISECONDS);
  }
};

/** @param onProgress Told now and then how many messages are done. */
export const runChaos = async (
  plan: Plan,
  engine: Engine,
  folder: string,
  onProgress: (done: number) => void,
): Promise<Outcome> => {
  const name = `chaos-${randomUUID()}`;
  const accesses = Array.from({ length: plan.producers }, () => createAccess(plan, engine));
  const queues = accesses.map((access) => createQueue(access, name));
  const [first] = queues as [Queue];
  await callUntilAnswered(() => first.ensure());
  const start = toMoment();
  const fleet = startFleet(plan, folder, { fields: engine.fields, queue: name });
  try {
    const progress: Progress = { done: 0, isStuck: false };
    const timer = setInterval(() => onProgress(progress.done), PROGRESS_MILLISECONDS);
    const pace = createPace(plan, progress);
    const [produced, engineKills] = await Promise.all([
      Promise.all(queues.map((queue, index) => produce(queue, plan, index, pace))),
      disturb(plan, engine, fleet, progress),
    ]).finally(() => clearInterval(timer));
    const status = await waitUntilEmpty(first);
    const seconds = (toMoment() - start) / 1000;
    await fleet.stop();
    const { events, failures } = fleet.evidence();
    return {
      history: [...produced.flatMap((one) => one.events), ...events],
      failures,
      killed: fleet.killed(),
      engineKills,
      retries: produced.reduce((sum, one) => sum + one.retries, 0),
      repeats: produced.reduce((sum, one) => sum + one.repeats, 0),
      seconds,
      status,
    };
  } finally {
    await fleet.stop();
    for (const { driver } of accesses) await driver.close();
  }
};
