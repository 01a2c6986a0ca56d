import { createHash } from "node:crypto";
import {
  enqueueDelivery,
  type QueueableDelivery,
} from "../../../src/component/queue/enqueue-delivery";
import { readQueueableDelivery } from "../../../src/component/queue/queueable-delivery";
import { createQueue, type QueueAccess } from "../../../src/queue/queue";
import { createMemoryDriver } from "../../support/queue/memory-driver";

const toEvent = (id: string, orderingKey: string | null = "order-42") => ({
  id,
  type: "order.paid",
  orderingKey,
  data: { amount: 9.5 },
});

const delivery: QueueableDelivery = {
  provider: "stripe",
  sentAt: "2026-11-21T03:00:00.000Z",
  receivedAt: "2026-11-21T03:00:01.120Z",
  events: [toEvent("evt_1"), toEvent("evt_2")],
};

const wish = {
  maximumMessages: 100,
  maximumPerKey: 100,
  leaseSeconds: 60,
  maximumAttempts: 10,
  backoffSeconds: 5,
  maximumBackoffSeconds: 60,
  onExhausted: "deadLetter",
} as const;

let access: QueueAccess;
const lease = () => createQueue(access, "orders").lease(wish);

beforeEach(() => {
  access = { connection: "testQueue", driver: createMemoryDriver(Date.now) };
});

it("enqueues every event with all that a later flow needs to know", async () => {
  const answer = await enqueueDelivery(access, "orders", delivery);
  const messages = await lease();
  expect(answer).toEqual({ enqueued: 2, duplicates: 0, ids: messages.map(({ id }) => id) });
  expect(messages).toMatchObject([
    {
      orderingKey: "order-42",
      dedupeKey: "stripe:evt_1",
      body: {
        provider: "stripe",
        id: "evt_1",
        type: "order.paid",
        orderingKey: "order-42",
        sentAt: "2026-11-21T03:00:00.000Z",
        receivedAt: "2026-11-21T03:00:01.120Z",
        data: { amount: 9.5 },
      },
    },
    { orderingKey: "order-42", dedupeKey: "stripe:evt_2" },
  ]);
});

it("enqueues them in one call, so that an engine can take all or none", async () => {
  const calls: number[] = [];
  const { driver } = access;
  const enqueue: typeof driver.enqueue = (queue, messages, window) => {
    calls.push(messages.length);
    return driver.enqueue(queue, messages, window);
  };
  await enqueueDelivery({ ...access, driver: { ...driver, enqueue } }, "orders", delivery);
  expect(calls).toEqual([2]);
});

it("counts the events of a redelivery as duplicates, with the ids of those they repeat", async () => {
  const { ids } = await enqueueDelivery(access, "orders", delivery);
  const grown = { ...delivery, events: [...delivery.events, toEvent("evt_3")] };
  const again = await enqueueDelivery(access, "orders", grown);
  expect(again).toEqual({ enqueued: 1, duplicates: 2, ids: [...ids, expect.any(String)] });
  expect(await lease()).toHaveLength(3);
});

it("tells the same event id of two providers apart", async () => {
  await enqueueDelivery(access, "orders", delivery);
  const other = await enqueueDelivery(access, "orders", { ...delivery, provider: "paypal" });
  expect(other).toMatchObject({ enqueued: 2, duplicates: 0 });
});

it.each([null, ""])("lets an event whose ordering key is %j wait for no other", async (key) => {
  const events = [toEvent("evt_1", key), toEvent("evt_2", key)];
  await enqueueDelivery(access, "orders", { ...delivery, events });
  const keys = (await lease()).map(({ orderingKey }) => orderingKey);
  expect(keys).toEqual(["stripe:evt_1", "stripe:evt_2"]);
});

it("hashes keys that no queue takes, instead of losing the event", async () => {
  const long = "ß".repeat(2049);
  await enqueueDelivery(access, "orders", { ...delivery, events: [toEvent(long, long)] });
  const [message] = await lease();
  const hash = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
  expect(message).toMatchObject({
    orderingKey: hash(long),
    dedupeKey: hash(`stripe:${long}`),
    body: { id: long, orderingKey: long },
  });
  const limit = "ß".repeat(2048);
  await enqueueDelivery(access, "orders", { ...delivery, events: [toEvent("evt_1", limit)] });
  expect((await lease())[0]).toMatchObject({ orderingKey: limit });
});

it("refuses a delivery that was rejected", async () => {
  const rejection = { reason: "signature-mismatch", detail: "" } as const;
  const rejected = enqueueDelivery(access, "orders", { ...delivery, rejection });
  await expect(rejected).rejects.toMatchObject({
    code: "INPUT_INVALID",
    message:
      "Delivery: it was rejected, so nobody knows who sent it. Enqueue on the branch Notification only.",
  });
  expect(await lease()).toEqual([]);
});

it("has nothing to do for a delivery without events", async () => {
  const answer = await enqueueDelivery(access, "orders", { ...delivery, events: [] });
  expect(answer).toEqual({ enqueued: 0, duplicates: 0, ids: [] });
});

describe("a delivery that a step hands over", () => {
  it.each([
    ["an object", delivery],
    ["its JSON", JSON.stringify(delivery)],
    ["one that nobody verified", { ...delivery, verified: false }],
  ])("is read from %s", (_form, value) => {
    expect(readQueueableDelivery(value)).toEqual(delivery);
  });

  it("may lack what a loop over events leaves out", () => {
    const event = { id: 7, orderingKey: 42 };
    expect(readQueueableDelivery({ provider: "example", events: [event] })).toEqual({
      provider: "example",
      sentAt: null,
      receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      events: [{ id: "7", type: "unknown", orderingKey: "42", data: null }],
    });
  });

  it("keeps that it was rejected", () => {
    const rejection = { reason: "signature-mismatch", detail: "" };
    expect(readQueueableDelivery({ ...delivery, rejection })).toMatchObject({ rejection });
  });

  it.each([
    [undefined, "reference payload.delivery of the trigger's results."],
    ["", "reference payload.delivery of the trigger's results."],
    ["{", "reference payload.delivery of the trigger's results."],
    [[delivery], "reference payload.delivery of the trigger's results."],
    [{ provider: "stripe" }, "it has no list of events. Reference payload.delivery whole."],
    [
      { provider: "s", events: "[]" },
      "it has no list of events. Reference payload.delivery whole.",
    ],
    [{ provider: "s", events: [toEvent("1"), "x"] }, "event 2 has no id"],
    [{ provider: "s", events: [toEvent("")] }, "event 1 has no id"],
    [{ provider: "s", events: [{ id: "1", orderingKey: {} }] }, "event 1 has an ordering key"],
  ])("is refused as %j", (value, problem) => {
    expect(() => readQueueableDelivery(value)).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        message: expect.stringContaining(`Delivery: ${problem}`),
      }),
    );
  });
});
