import { randomUUID } from "node:crypto";
import type { QueueDriver } from "../../../../src/queue/driver";
import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import type { NewMessage } from "../../../../src/queue/message";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { draft, toClaim, WINDOW_SECONDS, wish } from "../moves";

const AT_ONCE = 10_000;

describeWithEngine("redis", "A large queue in Redis", (address) => {
  let driver: QueueDriver;
  const queues: string[] = [];
  beforeAll(() => {
    driver = openRedisDriver({ url: address, prefix: "hookline-test-scale" });
  });
  afterAll(async () => {
    for (const queue of queues) await driver.remove(queue);
    await driver.close();
  });

  const fill = async (size: number, toDraft: (index: number) => NewMessage): Promise<string> => {
    const queue = `q ${randomUUID()}`;
    queues.push(queue);
    for (let from = 0; from < size; from += AT_ONCE) {
      const drafts = Array.from({ length: Math.min(AT_ONCE, size - from) }, (_, index) =>
        toDraft(from + index),
      );
      const answers = await driver.enqueue(queue, drafts, WINDOW_SECONDS);
      expect(answers.every(({ status }) => status === "enqueued")).toBe(true);
    }
    return queue;
  };

  const median = (values: readonly number[]): number =>
    [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

  const claimOnce = async (queue: string): Promise<number> => {
    const start = performance.now();
    const [message] = await driver.lease(queue, wish);
    expect(await driver.acknowledge(toClaim(queue, message!))).toBe("done");
    return performance.now() - start;
  };

  it("41: is claimed from as fast with 100,000 messages as with 1,000", async () => {
    const toDraft = (index: number) => draft(`key ${index % 100}`, String(index));
    const [small, large] = [await fill(1000, toDraft), await fill(100_000, toDraft)];
    const times: Record<"small" | "large", number[]> = { small: [], large: [] };
    for (let turn = 0; turn < 400; turn += 1) {
      times.small.push(await claimOnce(small));
      times.large.push(await claimOnce(large));
    }
    expect(median(times.large)).toBeLessThan(median(times.small) * 2 + 0.2);
  }, 60_000);

  it("8: has a free key found at once behind 10,000 that wait", async () => {
    const queue = await fill(10_000, (index) => draft(`key ${index}`, String(index)));
    for (let leased = 0; leased < 10_000; leased += 1000)
      expect(await driver.lease(queue, { ...wish, maximumMessages: 1000 })).toHaveLength(1000);
    await driver.enqueue(queue, [draft("free", "free")], WINDOW_SECONDS);
    const start = performance.now();
    expect(await driver.lease(queue, wish)).toMatchObject([{ body: "free" }]);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await driver.stats(queue)).toMatchObject({ leased: 10_001, ready: 0 });
  }, 60_000);

  it("has its dead letters redriven and discarded page by page", async () => {
    const queue = await fill(1200, (index) => draft("a", String(index)));
    const leased = await driver.lease(queue, {
      ...wish,
      maximumMessages: 1000,
      maximumPerKey: 1000,
    });
    const rest = { reason: "poison", blocksKey: false };
    for (const message of leased)
      expect(await driver.deadLetter(toClaim(queue, message), rest)).toBe("done");
    expect(
      await driver.discard(
        queue,
        leased.slice(0, 100).map(({ id }) => id),
      ),
    ).toBe(100);
    expect(
      await driver.redrive(
        queue,
        leased
          .slice(100, 250)
          .map(({ id }) => id)
          .toReversed(),
      ),
    ).toBe(150);
    expect(await driver.redrive(queue, "all")).toBe(750);
    const order = await driver.lease(queue, {
      ...wish,
      maximumMessages: 1000,
      maximumPerKey: 1000,
    });
    expect(order.map(({ body }) => Number(body))).toEqual(
      [...Array(200).keys()]
        .map((index) => index + 1000)
        .concat([...Array(800).keys()].map((index) => index + 100)),
    );
  }, 60_000);

  it("counts the oldest message of a key although others before it were acknowledged", async () => {
    const queue = await fill(300, (index) => draft(`key ${index % 20}`, String(index)));
    for (let turn = 0; turn < 205; turn += 1) await claimOnce(queue);
    const { oldestKeys, oldestReadySeconds } = await driver.stats(queue);
    expect(oldestKeys.map(({ orderingKey }) => orderingKey)).toEqual(
      Array.from({ length: 10 }, (_, index) => `key ${index + 5}`),
    );
    expect(oldestKeys.map(({ messages }) => messages)).toEqual(Array(10).fill(5));
    expect(oldestReadySeconds).toBeGreaterThan(0);
  });
});
