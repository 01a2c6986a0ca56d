import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import {
  describeWithRedisServer,
  type RedisServer,
  startRedisServer,
} from "../../../support/queue/redis-server";
import { draft, drain, toClaim, WINDOW_SECONDS, wish } from "../moves";

const unavailable = { code: "QUEUE_UNAVAILABLE", retryable: true };

describeWithRedisServer("A Redis server that comes and goes", () => {
  let server: RedisServer;
  beforeEach(async () => {
    server = await startRedisServer(["--appendonly", "yes", "--appendfsync", "always"]);
  }, 30_000);
  afterEach(() => server.close());

  it("loses nothing that was accepted when it is killed, and its driver goes on", async () => {
    const driver = openRedisDriver({ url: server.url });
    const ids = Array.from({ length: 200 }, (_, index) => String(index));
    const accepted: string[] = [];
    const enqueueAll = async (): Promise<void> => {
      for (const id of ids) {
        await driver.enqueue("q", [draft("a", id)], WINDOW_SECONDS);
        accepted.push(id);
        if (accepted.length === 100) void server.kill();
      }
    };
    await expect(enqueueAll()).rejects.toMatchObject(unavailable);
    expect(accepted.length).toBeGreaterThanOrEqual(100);
    await expect(driver.lease("q", wish)).rejects.toMatchObject(unavailable);
    await server.start();
    for (const id of ids) await driver.enqueue("q", [draft("a", id)], WINDOW_SECONDS);
    expect(await drain(driver, "q")).toEqual(ids);
    await driver.close();
  }, 30_000);

  it("honours a lease from before it was killed", async () => {
    const driver = openRedisDriver({ url: server.url });
    await driver.enqueue("q", [draft("a", "1"), draft("a", "2")], WINDOW_SECONDS);
    const [message] = await driver.lease("q", wish);
    await server.kill();
    await server.start();
    expect(await driver.lease("q", wish)).toEqual([]);
    expect(await driver.acknowledge(toClaim("q", message!))).toBe("done");
    expect(await drain(driver, "q")).toEqual(["2"]);
    await driver.close();
  }, 30_000);

  it("may be down at first", async () => {
    await server.kill();
    const driver = openRedisDriver({ url: server.url });
    const verbs = [
      driver.enqueue("q", [draft("a", "1")], WINDOW_SECONDS),
      driver.lease("q", wish),
      driver.stats("q"),
      driver.ensure("q"),
      driver.redrive("q", "all"),
      driver.remove("q"),
    ];
    for (const verb of await Promise.allSettled(verbs))
      expect(verb).toMatchObject({ status: "rejected", reason: unavailable });
    await server.start();
    await driver.enqueue("q", [draft("a", "1")], WINDOW_SECONDS);
    expect(await drain(driver, "q")).toEqual(["1"]);
    await driver.close();
  }, 30_000);

  it("may forget its scripts in the middle", async () => {
    const driver = openRedisDriver({ url: server.url });
    const client = server.client();
    await driver.enqueue("q", [draft("a", "1"), draft("a", "2")], WINDOW_SECONDS);
    const [message] = await driver.lease("q", wish);
    await client.script("FLUSH");
    expect(await driver.acknowledge(toClaim("q", message!))).toBe("done");
    await client.script("FLUSH");
    expect(await drain(driver, "q")).toEqual(["2"]);
    await driver.close();
  });

  it("may be one that only reads just now", async () => {
    const driver = openRedisDriver({ url: server.url });
    const client = server.client();
    await driver.enqueue("q", [draft("a", "1")], WINDOW_SECONDS);
    await client.replicaof("127.0.0.1", 9);
    await expect(driver.lease("q", wish)).rejects.toMatchObject(unavailable);
    await client.replicaof("NO", "ONE");
    expect(await drain(driver, "q")).toEqual(["1"]);
    await driver.close();
  });
});
