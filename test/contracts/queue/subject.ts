import { randomUUID } from "node:crypto";
import type { QueueDriver } from "../../../src/queue/driver";
import type { DriverTraits } from "../../../src/queue/driver-traits";
import type { LeaseWish } from "../../../src/queue/lease-wish";
import { createQueue, type Leased, type Queue, type QueueAccess } from "../../../src/queue/queue";
import { acknowledge, deadLetter, extend, release } from "../../../src/queue/settle";

/** An engine, up and running. */
export interface QueueWorld {
  /** A driver with connections of its own, as another process would have. */
  readonly connect: () => QueueDriver;
  /** Moves the engine's own clock; backwards with a negative number. */
  readonly advance: (seconds: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface QueueSubject {
  readonly name: string;
  readonly traits: DriverTraits;
  /** Called once for the whole suite. */
  readonly open: () => Promise<QueueWorld>;
}

const usualWish: LeaseWish = {
  maximumMessages: 1,
  maximumPerKey: 1,
  leaseSeconds: 30,
  maximumAttempts: 10,
  backoffSeconds: 5,
  maximumBackoffSeconds: 3600,
  onExhausted: "deadLetter",
};

/** One queue of a test, and what a test does with it. */
export interface Desk {
  readonly traits: DriverTraits;
  readonly access: QueueAccess;
  readonly queue: Queue;
  readonly name: string;
  readonly advance: QueueWorld["advance"];
  /** The same queue as another process sees it. */
  readonly another: () => Desk;
  /** Enqueues one after the other, each with its dedupe key as its body. */
  readonly put: (orderingKey: string, ...dedupeKeys: string[]) => Promise<string[]>;
  readonly take: (wish?: Partial<LeaseWish>) => Promise<readonly Leased[]>;
  /** One message that has to be there. */
  readonly takeOne: (wish?: Partial<LeaseWish>) => Promise<Leased>;
  readonly acknowledge: (message: Leased) => Promise<string>;
  readonly release: (message: Leased, delaySeconds?: number) => Promise<string>;
  readonly deadLetter: (message: Leased, reason?: string) => Promise<string>;
  readonly extend: (message: Leased, seconds: number) => Promise<string>;
  /** Leases and acknowledges one at a time until nothing is left. */
  readonly drain: (wish?: Partial<LeaseWish>) => Promise<unknown[]>;
}

const CONNECTION = "testQueue";

export const toBodies = (messages: readonly Leased[]): unknown[] =>
  messages.map(({ body }) => body);

const createDesk = (world: QueueWorld, driver: QueueDriver, name: string): Desk => {
  const access: QueueAccess = { connection: CONNECTION, driver };
  const queue = createQueue(access, name);
  const take: Desk["take"] = (wish) => queue.lease({ ...usualWish, ...wish });
  const takeOne: Desk["takeOne"] = async (wish) => {
    const [message] = await take(wish);
    if (!message) throw new Error("there is nothing to lease");
    return message;
  };
  const acknowledgeOne: Desk["acknowledge"] = async ({ lease }) =>
    (await acknowledge(access, lease)).status;
  const drain: Desk["drain"] = async (wish) => {
    const [message] = await take(wish);
    if (!message) return [];
    expect(await acknowledgeOne(message)).toBe("acknowledged");
    return [message.body, ...(await drain(wish))];
  };
  return {
    traits: driver.traits,
    access,
    queue,
    name,
    advance: world.advance,
    another: () => createDesk(world, world.connect(), name),
    put: async (orderingKey, ...dedupeKeys) => {
      const statuses: string[] = [];
      for (const dedupeKey of dedupeKeys) {
        const [one] = await queue.enqueue([{ orderingKey, dedupeKey, body: dedupeKey }]);
        statuses.push(one!.status);
      }
      return statuses;
    },
    take,
    takeOne,
    acknowledge: acknowledgeOne,
    release: async ({ lease }, delaySeconds) =>
      (await release(access, lease, { delaySeconds, reason: "" })).status,
    deadLetter: async ({ lease }, reason = "poison") =>
      (await deadLetter(access, lease, reason)).status,
    extend: async ({ lease }, seconds) => (await extend(access, lease, seconds)).status,
    drain,
  };
};

/** Opens the engine for a suite; the function it returns makes a fresh queue for a test. */
export const useQueues = ({ open }: QueueSubject): (() => Promise<Desk>) => {
  let world: QueueWorld;
  const drivers: QueueDriver[] = [];
  const tracked = (): QueueWorld => ({
    ...world,
    connect: () => {
      const driver = world.connect();
      drivers.push(driver);
      return driver;
    },
  });
  beforeAll(async () => {
    world = await open();
  }, 60_000);
  afterEach(async () => {
    for (const driver of drivers.splice(0)) await driver.close();
  });
  afterAll(() => world.close());
  return async () => {
    const own = tracked();
    const desk = createDesk(own, own.connect(), `orders-${randomUUID()}`);
    await desk.queue.ensure();
    return desk;
  };
};
