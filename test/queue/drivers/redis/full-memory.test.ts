import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import {
  describeWithRedisServer,
  type RedisServer,
  startRedisServer,
} from "../../../support/queue/redis-server";
import { draft, drain, toClaim, WINDOW_SECONDS, wish } from "../moves";

describeWithRedisServer("A Redis server without memory left", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer();
  }, 30_000);
  afterAll(() => server.close());

  it("takes nothing, wholly, and lets consumers make room", async () => {
    const driver = openRedisDriver({ url: server.url });
    const client = server.client();
    await driver.enqueue(
      "q",
      ["1", "2", "3", "4"].map((id) => draft("a", id)),
      WINDOW_SECONDS,
    );
    await client.config("SET", "maxmemory", "1");
    const before = await client.call("HGETALL", "hookline:{q}:figures");
    await expect(
      driver.enqueue("q", [draft("a", "5"), draft("b", "6")], WINDOW_SECONDS),
    ).rejects.toMatchObject({
      code: "QUEUE_UNAVAILABLE",
      retryable: true,
      message: expect.stringContaining("no memory left"),
    });
    expect(await client.call("HGETALL", "hookline:{q}:figures")).toEqual(before);
    expect(await driver.stats("q")).toMatchObject({ ready: 4 });
    const [first] = await driver.lease("q", wish);
    expect(await driver.extend(toClaim("q", first!), 60)).toBeInstanceOf(Date);
    expect(await driver.release(toClaim("q", first!), 0)).toBeInstanceOf(Date);
    const [again] = await driver.lease("q", wish);
    const aside = { reason: "poison", blocksKey: false };
    expect(await driver.deadLetter(toClaim("q", again!), aside)).toBe("done");
    expect(await driver.redrive("q", "all")).toBe(1);
    expect(await drain(driver, "q")).toEqual(["2", "3", "4", "1"]);
    await client.config("SET", "maxmemory", "0");
    await driver.enqueue("q", [draft("a", "5")], WINDOW_SECONDS);
    expect(await drain(driver, "q")).toEqual(["5"]);
    await driver.close();
  });
});
