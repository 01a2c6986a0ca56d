import { randomUUID } from "node:crypto";
import { createHarness } from "@prismatic-io/spectral/dist/testing";
import component from "../../../src";
import { payload as example } from "../../../src/component/example-payloads/drain-queue.json";
import { USUAL_MESSAGES } from "../../../src/component/triggers/drain-queue";
import type { Leased } from "../../../src/queue/queue";
import { drainOnce, tick } from "../../support/batch-platform";
import { type ConnectedEngine, toQueueConnection } from "../../support/queue/queue-connections";
import { createQueueSteps } from "../../support/queue/queue-steps";
import { performTrigger } from "../../support/trigger";
import { describeOnEngines } from "./describe-on-engines";
import { hubspotDelivery, hubspotInputs } from "./hubspot-delivery";

jest.setTimeout(60_000);

/** What runs see: which message of which key, and whether two of one key were ever under way at once. */
const createWitness = () => {
  const underWay = new Set<string>();
  const seen: [key: string, body: unknown][] = [];
  const overlaps: string[] = [];
  return {
    overlaps,
    bodiesOf: (key: string) => seen.filter(([of]) => of === key).map(([, body]) => body),
    count: () => seen.length,
    watch: async ({ orderingKey, body }: Leased, work: () => Promise<unknown>): Promise<void> => {
      if (underWay.has(orderingKey)) overlaps.push(orderingKey);
      underWay.add(orderingKey);
      seen.push([orderingKey, body]);
      await new Promise((resolve) => setImmediate(resolve));
      underWay.delete(orderingKey);
      await work();
    },
  };
};

describeOnEngines("Drain Queue", (connect) => {
  let engine: ConnectedEngine;
  beforeAll(async () => {
    engine = await connect();
  });
  afterAll(() => engine.close());

  const openQueue = async () => {
    const queue = `orders-${randomUUID()}`;
    const steps = createQueueSteps(engine.connection, queue);
    await steps.act("ensureQueue");
    const params = { queueConnection: engine.connection, queue };
    const acknowledge = ({ lease }: Leased) => steps.act("acknowledgeMessage", { lease });
    /** `perKey` messages for each of so many keys, in turns: a1, b1, a2, b2. */
    const fill = async (keys: readonly string[], perKey: number): Promise<void> => {
      for (let number = 1; number <= perKey; number += 1)
        for (const key of keys) await steps.put(key, `${key}${number}`);
    };
    return { params, steps, acknowledge, fill };
  };

  it("gives each run one message, as Lease Messages gives it", async () => {
    const { params, steps, acknowledge } = await openQueue();
    await steps.act("enqueueMessage", {
      orderingKey: "order-42",
      dedupeKey: "evt_1",
      body: { state: "paid" },
    });
    const messages: Leased[] = [];
    const run = async (message: Leased) => {
      messages.push(message);
      expect(await acknowledge(message)).toEqual({ status: "acknowledged" });
    };
    const { pages } = await tick({ params, run });
    expect(messages).toEqual([
      {
        lease: expect.stringMatching(/^hookline1\./),
        id: expect.any(String),
        orderingKey: "order-42",
        dedupeKey: "evt_1",
        attempt: 1,
        enqueuedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
        body: { state: "paid" },
      },
    ]);
    expect(pages.map(({ resultType }) => resultType)).toEqual(["completed", "completed"]);
    expect(pages[0]?.payload.body.contentType).toBe("application/json");
  });

  it("gives runs what its example shows, for an event that a trigger put in", async () => {
    const { params } = await openQueue();
    await performTrigger("catchProviderWebhook", await hubspotDelivery(7), hubspotInputs(params));
    const { payload } = await drainOnce(params);
    const [message] = payload.body.data as Leased[];
    expect(Object.keys(message ?? {})).toEqual(Object.keys(example.body.data));
    expect(Object.keys(message?.body ?? {})).toEqual(Object.keys(example.body.data.body));
    expect(Object.keys(payload.paginationState ?? {})).toEqual(
      Object.keys(example.paginationState),
    );
    expect(payload.body.contentType).toBe(example.body.contentType);
  });

  it("works in Spectral's own harness", async () => {
    const { params, fill } = await openQueue();
    await fill(["a", "b"], 1);
    const result = await createHarness(component).trigger("drainQueue", undefined, params);
    expect(result?.payload.body.data).toHaveLength(2);
  });

  it("empties the queue in one tick, each key in order, one page after the other", async () => {
    const { params, fill, acknowledge } = await openQueue();
    const keys = ["a", "b", "c"];
    await fill(keys, 3);
    const { overlaps, bodiesOf, watch, count } = createWitness();
    const run = (message: Leased) => watch(message, () => acknowledge(message));
    const { items } = await tick({ params, run });
    for (const key of keys) expect(bodiesOf(key)).toEqual([1, 2, 3].map((at) => `${key}${at}`));
    expect(count()).toBe(9);
    expect(overlaps).toEqual([]);
    for (const page of items) {
      const ofPage = page.map(({ orderingKey }) => orderingKey);
      expect(new Set(ofPage).size).toBe(ofPage.length);
    }
    expect(items.at(-1)).toEqual([]);
  });

  it("never gives two overlapping ticks one key at the same time, and neither loses nor doubles a message", async () => {
    const { params, fill, acknowledge } = await openQueue();
    const keys = ["a", "b", "c", "d"];
    await fill(keys, 4);
    const { overlaps, bodiesOf, watch, count } = createWitness();
    const run = (message: Leased) => watch(message, () => acknowledge(message));
    await Promise.all([
      tick({ params, run }),
      tick({ params, run }),
      tick({ params, run, waitsForRuns: false }),
    ]);
    await tick({ params, run });
    for (const key of keys) expect(bodiesOf(key)).toEqual([1, 2, 3, 4].map((at) => `${key}${at}`));
    expect(count()).toBe(16);
    expect(overlaps).toEqual([]);
  });

  it("takes no more than one page where pages are asked for before the runs have ended", async () => {
    const { params, fill, steps, acknowledge } = await openQueue();
    await fill(["a", "b", "c", "d", "e"], 1);
    let start: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    const run = async (message: Leased) => {
      await started;
      await acknowledge(message);
    };
    const ticking = tick({
      params: { ...params, maximumMessages: "2" },
      run,
      waitsForRuns: false,
    });
    while ((await steps.act("queueStatus")).leased !== 2)
      await new Promise((resolve) => setImmediate(resolve));
    start();
    const { items } = await ticking;
    expect(items.map(({ length }) => length)).toEqual([2, 0]);
    expect(await steps.act("queueStatus")).toMatchObject({ ready: 3 });
  });

  it("says that nothing has changed when the queue is empty", async () => {
    const { params } = await openQueue();
    const { pages } = await tick({ params, run: () => Promise.reject(new Error("no message")) });
    expect(pages).toMatchObject([
      { payload: { body: { data: [] }, paginationState: null }, resultType: "polled_no_changes" },
    ]);
  });

  it("ends a tick that has gone on for ten minutes, with what it took last", async () => {
    const { params, fill } = await openQueue();
    await fill(["a"], 1);
    const before = Date.now();
    const first = await drainOnce(params);
    const { until } = first.payload.paginationState as { until: number };
    expect(until).toBeGreaterThanOrEqual(before + 600_000);
    expect(until).toBeLessThanOrEqual(Date.now() + 600_000);
    await fill(["b"], 1);
    const last = await drainOnce(params, { until: before - 1 });
    expect(last.payload).toMatchObject({
      body: { data: [{ orderingKey: "b" }] },
      paginationState: null,
    });
  });

  it("takes a page state of null for none", async () => {
    const { params, fill } = await openQueue();
    await fill(["a", "b"], 1);
    await drainOnce({ ...params, maximumMessages: "1" });
    const { payload } = await drainOnce({ ...params, maximumMessages: "1" }, null);
    expect(payload.body.data).toHaveLength(1);
  });

  it("leaves a message to its lease when the run dies, and counts the attempt", async () => {
    const { params, fill, acknowledge } = await openQueue();
    await fill(["a"], 2);
    const seen: [unknown, number][] = [];
    const run = async (message: Leased) => {
      seen.push([message.body, message.attempt]);
      if (seen.length > 1) await acknowledge(message);
    };
    const short = { ...params, leaseSeconds: "1" };
    while (seen.length < 3) await tick({ params: short, run });
    expect(seen).toEqual([
      ["a1", 1],
      ["a1", 2],
      ["a2", 1],
    ]);
  });

  it("sets a message aside after its attempts, and its key goes on", async () => {
    const { params, fill, steps, acknowledge } = await openQueue();
    await fill(["a"], 2);
    const seen: unknown[] = [];
    const release = ({ lease }: Leased) =>
      steps.act("releaseMessage", { lease, delaySeconds: "0", reason: "Out of stock." });
    const run = async (message: Leased) => {
      seen.push(message.body);
      await (message.body === "a1" ? release(message) : acknowledge(message));
    };
    while (seen.length < 3) await tick({ params: { ...params, maximumAttempts: "2" }, run });
    expect(seen).toEqual(["a1", "a1", "a2"]);
    const { deadLetters } = await steps.listDead();
    expect(deadLetters).toMatchObject([{ body: "a1", attempt: 2, reason: "Out of stock." }]);
  });

  it("leases nothing in a simulated test, and says so", async () => {
    const { params, fill, steps } = await openQueue();
    await fill(["a"], 1);
    const logged: string[] = [];
    const context = {
      isSimulatedTestExecution: true,
      logger: { info: (text: string) => logged.push(text) },
    };
    const page = await drainOnce(params, undefined, context);
    expect(page).toMatchObject({
      payload: { body: { data: [] }, paginationState: null },
      resultType: "polled_no_changes",
    });
    expect(logged).toEqual([
      `A simulated test: nothing was leased from the queue "${params.queue}".`,
    ]);
    expect(await steps.act("queueStatus")).toMatchObject({ leased: 0, ready: 1 });
  });

  it.each([
    ["maximumMessages", "0", /^Maximum Messages: enter a whole number from 1 to 1000\.$/],
    ["maximumMessages", "many", /^Maximum Messages: /],
    ["leaseSeconds", "-1", /^Lease \(Seconds\): /],
    ["maximumAttempts", "1.5", /^Maximum Attempts: /],
    ["onExhausted", "explode", /^On Exhausted: choose one of /],
    ["queue", " ", /^Queue: enter the name of the queue\.$/],
  ])("names the input: %s is %j", async (name, value, message) => {
    const { params } = await openQueue();
    await expect(drainOnce({ ...params, [name]: value })).rejects.toThrow(message);
  });
});

describe("Drain Queue as it is published", () => {
  const { perform: _, ...wire } = component.triggers.drainQueue as unknown as Record<
    string,
    unknown
  >;

  it("runs on a schedule, one message for each run", () => {
    expect(wire).toMatchObject({
      scheduleSupport: "required",
      synchronousResponseSupport: "invalid",
      triggerResolverSupport: "required",
      triggerResolverDefaultBatchSize: 1,
      triggerResolverDefaultConcurrentBatchLimit: USUAL_MESSAGES,
      hasResolveTriggerItems: true,
      hasGetNextDiscoveryState: true,
    });
  });

  it("asks for these inputs and no others", () => {
    const inputs = wire.inputs as { key: string; required: boolean; default?: unknown }[];
    expect(inputs.map((input) => [input.key, input.required, input.default])).toEqual([
      ["queueConnection", true, undefined],
      ["queue", true, ""],
      ["maximumMessages", false, String(USUAL_MESSAGES)],
      ["leaseSeconds", false, "300"],
      ["maximumAttempts", false, "10"],
      ["onExhausted", false, "deadLetter"],
    ]);
  });

  it("names the connection at fault", async () => {
    const queueConnection = toQueueConnection("redisQueue", { url: "" });
    await expect(drainOnce({ queueConnection, queue: "orders" })).rejects.toMatchObject({
      message: "Connection Redis Queue: fill in URL.",
      connection: { configVarKey: "Queue" },
    });
  });
});
