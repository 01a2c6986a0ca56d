import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import { queueParts, toKeyStart } from "../../../../src/queue/drivers/redis/queue-keys";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { draft, drain, WINDOW_SECONDS, wish } from "../moves";

describeWithEngine("redis", "The keys of a queue in Redis", (address) => {
  const prefix = "hookline-test-layout";
  const client = new Redis(address, { lazyConnect: true });
  afterAll(() => client.quit());

  const open = async () => {
    const queue = `q ${randomUUID()}`;
    const driver = openRedisDriver({ url: address, prefix });
    const keysOf = (): Promise<string[]> => client.keys(`${toKeyStart(prefix, queue)}*`);
    const close = async (): Promise<void> => {
      const keys = await keysOf();
      if (keys.length > 0) await client.unlink(keys);
      await driver.close();
    };
    return { queue, driver, start: toKeyStart(prefix, queue), keysOf, close };
  };

  it("are as many as a queue has parts, whatever is in it", async () => {
    const { queue, driver, start, keysOf, close } = await open();
    const drafts = Array.from({ length: 100 }, (_, index) =>
      draft(`key {${index}}`, String(index)),
    );
    await driver.enqueue(queue, drafts, WINDOW_SECONDS);
    await driver.lease(queue, wish);
    const known = queueParts.map((part) => start + part);
    expect((await keysOf()).filter((key) => !known.includes(key))).toEqual([]);
    await close();
  });

  it("are gone when the queue was drained, except what has to be remembered", async () => {
    const { queue, driver, start, keysOf, close } = await open();
    const drafts = [draft("a", "1"), draft("a", "2"), { ...draft("b", "3"), delaySeconds: 0 }];
    await driver.enqueue(queue, drafts, WINDOW_SECONDS);
    await drain(driver, queue);
    expect((await keysOf()).sort()).toEqual(
      ["figures", "seen", "windows"].map((part) => start + part),
    );
    await driver.remove(queue);
    expect(await keysOf()).toEqual([]);
    await close();
  });

  it("are left alone if a newer version of the driver made them", async () => {
    const { queue, driver, start, close } = await open();
    await driver.enqueue(queue, [draft("a", "1")], WINDOW_SECONDS);
    await client.hset(`${start}figures`, "layout", "2");
    const newer = { code: "QUEUE_UNUSABLE", message: expect.stringContaining("newer version") };
    const verbs = [
      driver.enqueue(queue, [draft("a", "2")], WINDOW_SECONDS),
      driver.lease(queue, wish),
      driver.stats(queue),
      driver.ensure(queue),
      driver.remove(queue),
    ];
    for (const verb of await Promise.allSettled(verbs))
      expect(verb).toMatchObject({ status: "rejected", reason: newer });
    expect(await client.hlen(`${start}messages`)).toBe(1);
    await close();
  });

  it.each(queueParts)("are not taken for ours if %s is somebody else's", async (part) => {
    const { queue, driver, start, close } = await open();
    await client.set(start + part, "something else");
    await expect(driver.ensure(queue)).rejects.toMatchObject({
      code: "QUEUE_UNUSABLE",
      message: expect.stringContaining("prefix"),
    });
    expect(await client.get(start + part)).toBe("something else");
    await close();
  });

  it("forget dedupe keys whose window has ended, also of those that were enqueued again", async () => {
    const { queue, driver, start, close } = await open();
    const clock = `${prefix}-clock-${randomUUID()}`;
    await client.set(clock, 1_000_000, "EX", 60);
    const ticking = openRedisDriver(
      { url: address, prefix },
      { clock: `tonumber(redis.call('GET', '${clock}'))` },
    );
    for (const id of ["1", "2", "3"]) await ticking.enqueue(queue, [draft("a", id)], 10);
    await client.incrby(clock, 10_000);
    await ticking.enqueue(queue, [draft("a", "3")], 10);
    await ticking.enqueue(queue, [draft("a", "4")], 10);
    expect((await client.hkeys(`${start}seen`)).sort()).toEqual(["3", "4"]);
    expect(await client.llen(`${start}windows`)).toBe(2);
    expect(await ticking.enqueue(queue, [draft("a", "3")], 10)).toMatchObject([
      { status: "duplicate" },
    ]);
    await ticking.close();
    await client.unlink(clock);
    await close();
    await driver.close();
  });
});
