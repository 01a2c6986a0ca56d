import { randomUUID } from "node:crypto";
import type { QueueDriver } from "../../../../src/queue/driver";
import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import { type CuttableProxy, openCuttableProxy } from "../../../support/queue/cuttable-proxy";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { draft, drain, toClaim, WINDOW_SECONDS, wish } from "../moves";

const unavailable = { code: "QUEUE_UNAVAILABLE", retryable: true };

describeWithEngine("redis", "A connection to Redis that breaks", (address) => {
  const { hostname, port, pathname } = new URL(address);
  const queue = `q ${randomUUID()}`;
  const prefix = "hookline-test-lost-answers";
  let proxy: CuttableProxy;
  let driver: QueueDriver;
  beforeEach(async () => {
    proxy = await openCuttableProxy({ host: hostname, port: Number(port) });
    driver = openRedisDriver({ url: `redis://127.0.0.1:${proxy.port}${pathname}`, prefix });
    await driver.stats(queue);
  });
  afterEach(async () => {
    await driver.close();
    await proxy.close();
    const direct = openRedisDriver({ url: address, prefix });
    await direct.remove(queue);
    await direct.close();
  });

  it("leaves open whether a message was enqueued, and enqueueing it again is safe", async () => {
    await driver.enqueue(queue, [draft("a", "0")], WINDOW_SECONDS);
    proxy.cutInsteadOfAnswer();
    const drafts = [draft("a", "1"), draft("a", "2")];
    await expect(driver.enqueue(queue, drafts, WINDOW_SECONDS)).rejects.toMatchObject(unavailable);
    expect(await driver.enqueue(queue, drafts, WINDOW_SECONDS)).toMatchObject([
      { status: "duplicate" },
      { status: "duplicate" },
    ]);
    expect(await drain(driver, queue)).toEqual(["0", "1", "2"]);
  });

  it("may have acknowledged, and acknowledging again changes nothing", async () => {
    await driver.enqueue(queue, [draft("a", "1"), draft("a", "2")], WINDOW_SECONDS);
    const [message] = await driver.lease(queue, wish);
    // From here on the server knows the script, so that the answer that gets lost is that of the acknowledgement.
    await driver.acknowledge({ ...toClaim(queue, message!), reference: `${message!.reference}x` });
    proxy.cutInsteadOfAnswer();
    const claim = toClaim(queue, message!);
    await expect(driver.acknowledge(claim)).rejects.toMatchObject(unavailable);
    expect(await driver.acknowledge(claim)).toBe("stale");
    expect(await drain(driver, queue)).toEqual(["2"]);
  });

  it("is made anew for the next call when it broke in between", async () => {
    await driver.enqueue(queue, [draft("a", "1")], WINDOW_SECONDS);
    const before = proxy.connections();
    proxy.cut();
    const attempt = async (): Promise<string[]> => {
      try {
        return await drain(driver, queue);
      } catch {
        return attempt();
      }
    };
    expect(await attempt()).toEqual(["1"]);
    expect(proxy.connections()).toBe(before + 1);
  });

  it("is given up after five seconds of silence", async () => {
    proxy.fallSilent();
    const start = performance.now();
    await expect(driver.stats(queue)).rejects.toMatchObject(unavailable);
    expect(performance.now() - start).toBeLessThan(7000);
  }, 15_000);

  it("serves many calls at the same time, over one connection", async () => {
    const fresh = openRedisDriver({ url: `redis://127.0.0.1:${proxy.port}${pathname}`, prefix });
    const before = proxy.connections();
    const ids = Array.from({ length: 50 }, (_, index) => String(index));
    await Promise.all(ids.map((id) => fresh.enqueue(queue, [draft(id, id)], WINDOW_SECONDS)));
    expect(await fresh.stats(queue)).toMatchObject({ ready: 50 });
    expect(proxy.connections()).toBe(before + 1);
    await fresh.close();
    await fresh.close();
    await expect(fresh.stats(queue)).rejects.toMatchObject({
      code: "QUEUE_UNAVAILABLE",
      message: expect.stringContaining("closed"),
    });
  });
});
