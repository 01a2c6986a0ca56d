import { randomUUID } from "node:crypto";
import type { QueueDriver } from "../../../../src/queue/driver";
import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { draft, toClaim, WINDOW_SECONDS, wish } from "../moves";

const SIX_MIB = "x".repeat(6_291_456);
const all = { ...wish, maximumMessages: 1000, maximumPerKey: 1000 };

describeWithEngine("redis", "Large bodies in Redis", (address) => {
  const queue = `q ${randomUUID()}`;
  let driver: QueueDriver;
  beforeEach(() => {
    driver = openRedisDriver({ url: address, prefix: "hookline-test-large-bodies" });
  });
  afterEach(async () => {
    await driver.remove(queue);
    await driver.close();
  });

  const put = async (orderingKey: string, dedupeKey: string): Promise<void> => {
    const message = { ...draft(orderingKey, dedupeKey), body: SIX_MIB };
    await driver.enqueue(queue, [message], WINDOW_SECONDS);
  };
  const take = async (): Promise<string[]> => {
    const leased = await driver.lease(queue, all);
    for (const message of leased) {
      expect(message.attempt).toBe(1);
      expect(await driver.acknowledge(toClaim(queue, message))).toBe("done");
    }
    return leased.map(({ dedupeKey }) => dedupeKey);
  };

  it("are leased a few at a time, so that no answer is too long, in order and without losing an attempt", async () => {
    for (const dedupeKey of ["a1", "a2", "a3"]) await put("a", dedupeKey);
    for (const dedupeKey of ["b1", "c1"]) await put(dedupeKey, dedupeKey);
    expect(await take()).toEqual(["a1", "a2"]);
    expect(await take()).toEqual(["b1", "c1"]);
    expect(await take()).toEqual(["a3"]);
    expect(await driver.stats(queue)).toMatchObject({ ready: 0, leased: 0 });
  });

  it("that were set aside are listed a few at a time", async () => {
    for (const dedupeKey of ["1", "2", "3"]) {
      await put("a", dedupeKey);
      const [message] = await driver.lease(queue, wish);
      await driver.deadLetter(toClaim(queue, message!), { reason: "poison", blocksKey: false });
    }
    const first = await driver.listDeadLetters(queue, { limit: 100, cursor: null });
    expect(first.deadLetters.map(({ dedupeKey }) => dedupeKey)).toEqual(["1", "2"]);
    const rest = await driver.listDeadLetters(queue, { limit: 100, cursor: first.cursor });
    expect(rest.deadLetters.map(({ dedupeKey }) => dedupeKey)).toEqual(["3"]);
    expect(rest.cursor).toBeNull();
  });
});
