import { randomUUID } from "node:crypto";
import type { Connection } from "@prismatic-io/spectral";
import { useQueue } from "../../../src/component/queue/use-queue";
import type { DriverTraits } from "../../../src/queue/driver-traits";
import type { ConnectedEngine } from "../../support/queue/queue-connections";
import { createQueueSteps, type QueueSteps } from "../../support/queue/queue-steps";

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

/** A queue of a test, made as a deploy flow makes it. */
interface Desk {
  readonly steps: QueueSteps;
  readonly traits: DriverTraits;
  readonly queue: string;
}

const delivery = (...ids: string[]) => ({
  provider: "stripe",
  verified: true,
  sentAt: null,
  receivedAt: "2026-11-21T03:00:01.120Z",
  events: ids.map((id) => ({ id, type: "order.paid", orderingKey: "order-42", data: { id } })),
});

const createOpenDesk = (connect: () => Promise<ConnectedEngine>) => {
  let engine: ConnectedEngine;
  let traits: DriverTraits;
  const queues: QueueSteps[] = [];
  beforeAll(async () => {
    engine = await connect();
    traits = await useQueue(engine.connection, async ({ driver }) => driver.traits);
  }, 60_000);
  afterEach(async () => {
    for (const steps of queues.splice(0)) await steps.act("removeQueue", { evenIfFilled: true });
  });
  afterAll(() => engine.close());
  const open = async (): Promise<Desk> => {
    const queue = `orders-${randomUUID()}`;
    const steps = createQueueSteps(engine.connection, queue);
    queues.push(steps);
    expect(await steps.act("ensureQueue")).toMatchObject({ ready: true });
    return { steps, traits, queue };
  };
  return { open, connection: (): Connection => engine.connection };
};

/** What the queue's steps promise to a flow, on an engine. */
export const describeQueueActions = (connect: () => Promise<ConnectedEngine>): void => {
  const { open, connection } = createOpenDesk(connect);

  it("ensureQueue makes it ready as often as it is asked to, and tells and logs warnings", async () => {
    const { steps, queue } = await open();
    const { warnings } = await steps.act("ensureQueue");
    const logged = (warnings as string[]).map((warning) => `Queue ${queue}: ${warning}`);
    expect(steps.warnings).toEqual([...logged, ...logged]);
  });

  it("enqueueMessage enqueues, and drops a repeat", async () => {
    const { steps, traits } = await open();
    const message = { orderingKey: 42, dedupeKey: "evt_1", body: { state: "paid" } };
    const first = await steps.act("enqueueMessage", message);
    expect(first).toEqual({ status: "enqueued", id: expect.any(String) });
    const again = await steps.act("enqueueMessage", { ...message, body: "changed" });
    expect(again).toEqual({
      status: traits.tellsDuplicates ? "duplicate" : "enqueued",
      id: first.id,
    });
    const leased = await steps.take();
    expect(leased).toEqual({
      lease: expect.stringMatching(/^hookline1\./),
      id: first.id,
      orderingKey: "42",
      dedupeKey: "evt_1",
      attempt: 1,
      enqueuedAt: TIME,
      expiresAt: TIME,
      body: { state: "paid" },
    });
    expect(Date.parse(leased.expiresAt) - Date.now()).toBeGreaterThan(250_000);
    expect(await steps.act("acknowledgeMessage", leased)).toEqual({ status: "acknowledged" });
    expect(await steps.run("leaseMessages")).toEqual({ branch: "Empty", data: { messages: [] } });
  });

  it("enqueueMessage takes a file and gives it back", async () => {
    const { steps } = await open();
    const body = { data: Buffer.from([0, 1, 254, 255]), contentType: "image/png" };
    await steps.act("enqueueMessage", { orderingKey: "a", dedupeKey: "1", body });
    expect((await steps.take()).body).toEqual(body);
  });

  it("enqueueDelivery enqueues every event once", async () => {
    const { steps, traits } = await open();
    const first = await steps.act("enqueueDelivery", { delivery: delivery("evt_1", "evt_2") });
    expect(first).toEqual({
      enqueued: 2,
      duplicates: 0,
      ids: [expect.any(String), expect.any(String)],
    });
    const again = await steps.act("enqueueDelivery", {
      delivery: JSON.stringify(delivery("evt_2", "evt_3")),
    });
    expect(again).toMatchObject({
      enqueued: traits.tellsDuplicates ? 1 : 2,
      duplicates: traits.tellsDuplicates ? 1 : 0,
    });
    const ids: unknown[] = [];
    for (let left = 3; left > 0; left -= 1) {
      const message = await steps.take();
      ids.push(message.dedupeKey);
      await steps.act("acknowledgeMessage", message);
    }
    expect(ids).toEqual(["stripe:evt_1", "stripe:evt_2", "stripe:evt_3"]);
  });

  it("acknowledgeMessages ends many in one step, given as messages or as leases", async () => {
    const { steps } = await open();
    await steps.act("enqueueDelivery", { delivery: delivery("evt_1", "evt_2", "evt_3") });
    const messages = [await steps.take()];
    expect(await steps.act("acknowledgeMessages", { leases: messages })).toEqual({
      acknowledged: 1,
      stale: 0,
      early: 0,
      statuses: ["acknowledged"],
    });
    const { lease } = await steps.take();
    expect(await steps.act("acknowledgeMessages", { leases: [lease] })).toMatchObject({
      acknowledged: 1,
    });
    expect((await steps.take()).dedupeKey).toBe("stripe:evt_3");
  });

  it("leaseMessages goes on to Messages with as many as are wanted, one of each key unless more are", async () => {
    const { steps, traits } = await open();
    await steps.put("a", "1", "2");
    await steps.put("b", "3");
    const { branch, data } = await steps.run<{ messages: { body: string }[] }>("leaseMessages", {
      maximumMessages: "10",
      maximumPerKey: "5",
    });
    expect(branch).toBe("Messages");
    const bodies = data.messages.map(({ body }) => body).sort();
    expect(bodies).toEqual(traits.mostPerKey > 1 ? ["1", "2", "3"] : ["1", "3"]);
    expect((await steps.run("leaseMessages")).branch).toBe("Empty");
  });

  it("leaseMessages does what is usual where its inputs are empty", async () => {
    const { steps } = await open();
    await steps.put("a", "1", "2");
    await steps.put("b", "3");
    const empty = Object.fromEntries(
      [
        "maximumMessages",
        "maximumPerKey",
        "leaseSeconds",
        "maximumAttempts",
        "backoffSeconds",
        "maximumBackoffSeconds",
        "onExhausted",
      ].map((name) => [name, ""]),
    );
    const { data } = await steps.run<{ messages: { expiresAt: string }[] }>("leaseMessages", empty);
    expect(data.messages).toHaveLength(1);
    const seconds = (Date.parse(data.messages[0]!.expiresAt) - Date.now()) / 1000;
    expect(Math.abs(seconds - 300)).toBeLessThan(30);
  });

  it("settles messages that were leased together in their order only", async () => {
    const { steps, traits } = await open();
    await steps.put("a", "1", "2");
    const { data } = await steps.run<{ messages: { lease: string }[] }>("leaseMessages", {
      maximumMessages: "2",
      maximumPerKey: "2",
    });
    expect(data.messages).toHaveLength(Math.min(2, traits.mostPerKey));
    const [, second] = data.messages;
    if (second)
      await expect(steps.act("acknowledgeMessage", second)).rejects.toMatchObject({
        code: "LEASE_INVALID",
        message: expect.stringContaining("in the order in which they were leased"),
      });
    for (const message of data.messages)
      expect(await steps.act("acknowledgeMessage", message)).toEqual({ status: "acknowledged" });
  });

  it("releaseMessage gives back until the attempts are used up, and says until when the key waits", async () => {
    const { steps } = await open();
    await steps.put("a", "1");
    const first = await steps.take({ maximumAttempts: "2" });
    const released = await steps.act("releaseMessage", { ...first, delaySeconds: "0" });
    expect(released).toEqual({ status: "released", availableAt: TIME });
    const second = await steps.take({ maximumAttempts: "2" });
    expect(second).toMatchObject({ attempt: 2, body: "1" });
    expect(await steps.act("acknowledgeMessage", first)).toEqual({ status: "stale" });
    const last = await steps.act("releaseMessage", { ...second, reason: "no such order" });
    expect(last).toEqual({ status: "deadLettered", availableAt: null });
    const { deadLetters, cursor } = await steps.listDead();
    expect(cursor).toBeNull();
    expect(deadLetters).toMatchObject([
      { id: first.id, orderingKey: "a", dedupeKey: "1", attempt: 2, reason: "no such order" },
    ]);
    expect(deadLetters[0]).toMatchObject({ deadAt: TIME, body: "1", isBlocking: false });
  });

  it("releaseMessage waits for the backoff that was chosen with the lease, if no delay is given", async () => {
    const { steps } = await open();
    await steps.put("a", "1");
    const message = await steps.take({ backoffSeconds: "600", maximumBackoffSeconds: "600" });
    const { availableAt } = await steps.act("releaseMessage", { ...message, delaySeconds: "" });
    const pause = (Date.parse(availableAt as string) - Date.now()) / 1000;
    expect(pause).toBeGreaterThan(290);
    expect(pause).toBeLessThan(610);
    expect((await steps.run("leaseMessages")).branch).toBe("Empty");
  });

  it("releaseMessage lets the key wait after the last attempt, where that is chosen and the engine can", async () => {
    const { steps, traits } = await open();
    await steps.put("a", "1", "2");
    const wish = { maximumAttempts: "1", onExhausted: "block" };
    if (!traits.canBlockKeys) {
      await expect(steps.take(wish)).rejects.toThrow(/^On Exhausted: .* cannot hold a key back/);
      return;
    }
    const message = await steps.take(wish);
    const released = await steps.act("releaseMessage", message);
    expect(released).toEqual({ status: "blocked", availableAt: null });
    expect((await steps.run("leaseMessages")).branch).toBe("Empty");
    expect(await steps.act("queueStatus")).toMatchObject({ blocked: 1, blockedKeys: 1, dead: 1 });
    expect((await steps.listDead()).deadLetters).toMatchObject([{ isBlocking: true }]);
    expect(await steps.act("removeDeadLetters", { ids: [message.id] })).toEqual({ removed: 1 });
    expect(await steps.take()).toMatchObject({ body: "2" });
  });

  it("deadLetterMessage sets aside with its reason, and the key goes on", async () => {
    const { steps } = await open();
    await steps.put("a", "1", "2");
    const message = await steps.take();
    const aside = { ...message, reason: "never works" };
    expect(await steps.act("deadLetterMessage", aside)).toEqual({ status: "deadLettered" });
    expect(await steps.act("deadLetterMessage", aside)).toEqual({ status: "stale" });
    expect(await steps.act("releaseMessage", message)).toEqual({
      status: "stale",
      availableAt: null,
    });
    expect(await steps.act("extendLease", message)).toEqual({ status: "stale", expiresAt: null });
    expect(await steps.take()).toMatchObject({ body: "2" });
  });

  it("extendLease tells the new end of the lease", async () => {
    const { steps } = await open();
    await steps.put("a", "1");
    const message = await steps.take({ leaseSeconds: "30" });
    const { status, expiresAt } = await steps.act("extendLease", {
      ...message,
      leaseSeconds: "900",
    });
    expect(status).toBe("extended");
    expect(Date.parse(expiresAt as string) - Date.now()).toBeGreaterThan(800_000);
  });

  it("queueStatus counts every message, and names the keys that wait longest where the engine can", async () => {
    const { steps, traits } = await open();
    await steps.put("a", "1");
    await steps.put("b", "2");
    await steps.act("deadLetterMessage", await steps.take());
    const status = await steps.act("queueStatus");
    expect(status).toMatchObject({ ready: 1, delayed: 0, leased: 0, blocked: 0, dead: 1 });
    expect(status).toMatchObject({ blockedKeys: 0 });
    expect(status.oldestKeys).toHaveLength(traits.namesOldestKeys ? 1 : 0);
  });

  it("listDeadLetters goes on behind the cursor of the page before", async () => {
    const { steps } = await open();
    await steps.put("a", "1", "2", "3");
    for (let left = 3; left > 0; left -= 1)
      await steps.act("deadLetterMessage", await steps.take());
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page = await steps.listDead({ limit: "2", cursor });
      expect(page.deadLetters.length).toBeLessThanOrEqual(2);
      seen.push(...page.deadLetters.map(({ body }) => body));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen.sort()).toEqual(["1", "2", "3"]);
  });

  it("redriveDeadLetters puts back those that are named, or all", async () => {
    const { steps } = await open();
    for (const key of ["a", "b", "c"]) await steps.put(key, key);
    for (let left = 3; left > 0; left -= 1)
      await steps.act("deadLetterMessage", await steps.take());
    const { deadLetters } = await steps.listDead();
    const ids = [deadLetters[0]!.id, "an id of something else"];
    expect(await steps.act("redriveDeadLetters", { ids })).toEqual({ redriven: 1 });
    expect(await steps.take()).toMatchObject({ id: deadLetters[0]!.id, attempt: 1 });
    expect(await steps.act("redriveDeadLetters", { ids: [] })).toEqual({ redriven: 2 });
    expect(await steps.act("redriveDeadLetters")).toEqual({ redriven: 0 });
  });

  it("removeDeadLetters takes what List Dead Letters answered, and removes it for good", async () => {
    const { steps } = await open();
    for (const key of ["a", "b"]) await steps.put(key, key);
    for (let left = 2; left > 0; left -= 1)
      await steps.act("deadLetterMessage", await steps.take());
    const { deadLetters } = await steps.listDead();
    expect(await steps.act("removeDeadLetters", { ids: deadLetters })).toEqual({ removed: 2 });
    expect(await steps.act("queueStatus")).toMatchObject({ ready: 0, dead: 0 });
  });

  it("deadLetters offers each by its key, reason and time", async () => {
    const { steps } = await open();
    await steps.put("order-42", "1");
    const message = await steps.take();
    await steps.act("deadLetterMessage", { ...message, reason: "The order\ndoes not exist." });
    expect(await steps.choose()).toEqual([
      {
        key: message.id,
        label: expect.stringMatching(
          /^order-42 · The order does not exist\. · \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
        ),
      },
    ]);
  });

  it("removeQueue keeps a queue that holds something, unless it is told to lose that", async () => {
    const { steps } = await open();
    await steps.put("a", "1");
    await expect(steps.act("removeQueue")).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message:
        "Even If Filled: the queue is kept, because it is not empty (messages: 1, dead letters: 0). Settle them first, or choose true to lose them.",
    });
    await steps.act("acknowledgeMessage", await steps.take());
    expect(await steps.act("removeQueue")).toEqual({ removed: true });
  });

  it("refuses the lease of another connection", async () => {
    const { steps, queue } = await open();
    await steps.put("a", "1");
    const { lease } = await steps.take();
    const [, content] = lease.split(".");
    expect(Buffer.from(content!, "base64url").toString()).toContain(connection().key);
    const other = createQueueSteps(
      { ...connection(), fields: { ...connection().fields, ...ELSEWHERE } },
      queue,
    );
    await expect(other.act("acknowledgeMessage", { lease })).rejects.toMatchObject({
      code: "LEASE_INVALID",
      message: expect.stringContaining("belongs to a queue of another connection"),
    });
  });
};

/** Where the same credentials lead to another place, by the fields of every kind of connection. */
const ELSEWHERE = { schema: "hookline_elsewhere", prefix: "elsewhere", region: "eu-west-3" };
