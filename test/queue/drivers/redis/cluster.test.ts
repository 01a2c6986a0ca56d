import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import { type RedisCluster, startRedisCluster } from "../../../support/queue/redis-cluster";
import { describeWithRedisServer } from "../../../support/queue/redis-server";
import { draft, drain, toClaim, WINDOW_SECONDS, wish } from "../moves";

const queues = Array.from({ length: 12 }, (_, index) => `orders {${index}}`);

describeWithRedisServer("A Redis Cluster", () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  }, 60_000);
  afterAll(() => cluster.close());

  const open = () => openRedisDriver({ url: cluster.servers[0].url });

  it("keeps every queue, whichever of its servers the URL leads to, and each queue in one place", async () => {
    const driver = open();
    for (const queue of queues) {
      await driver.ensure(queue);
      await driver.enqueue(
        queue,
        [draft("a", "1"), draft("b", "2"), draft("a", "3")],
        WINDOW_SECONDS,
      );
    }
    const kept = await Promise.all(cluster.clients.map((client) => client.keys("*")));
    const queueOf = (key: string): string => key.replace(/^hookline:\{(.*)\}:\w+$/, "$1");
    const [first, second] = kept.map((keys) => new Set(keys.map(queueOf)));
    expect(first!.size).toBeGreaterThan(0);
    expect(second!.size).toBeGreaterThan(0);
    expect([...first!, ...second!].sort()).toEqual(queues.map(encodeURIComponent).sort());
    for (const queue of queues) {
      const bodies = await drain(driver, queue);
      expect(bodies.filter((body) => body !== "2")).toEqual(["1", "3"]);
      await driver.remove(queue);
    }
    await driver.close();
  }, 30_000);

  it("may move a queue to another server while it is used", async () => {
    const driver = open();
    for (const queue of queues.slice(0, 4)) {
      await driver.enqueue(queue, [draft("a", "1"), draft("a", "2")], WINDOW_SECONDS);
      const [message] = await driver.lease(queue, wish);
      const slot = Number(
        await cluster.clients[0].call("CLUSTER", "KEYSLOT", `{${encodeURIComponent(queue)}}`),
      );
      await cluster.moveSlot(slot, slot < 8192 ? 0 : 1);
      expect(await driver.acknowledge(toClaim(queue, message!))).toBe("done");
      expect(await drain(driver, queue)).toEqual(["2"]);
      await driver.remove(queue);
    }
    await driver.close();
  }, 30_000);

  it("has no databases with numbers, and says so", async () => {
    const driver = openRedisDriver({ url: `${cluster.servers[0].url}/1` });
    await expect(driver.stats("q")).rejects.toMatchObject({
      code: "CONNECTION_INVALID",
      message: expect.stringContaining("database"),
    });
    await driver.close();
  });
});
