import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import {
  describeWithRedisServer,
  type RedisServer,
  startRedisServer,
} from "../../../support/queue/redis-server";

describeWithRedisServer("What Redis promises to keep", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer();
    await server.client().acl("SETUSER", "managed", "on", ">hush", "~*", "+@all", "-config");
    await server
      .client()
      .acl("SETUSER", "silent", "on", ">hush", "~*", "+@all", "-config", "-info");
  }, 30_000);
  afterAll(() => server.close());

  const warningsWith = async (
    settings: Readonly<Record<string, string>>,
    credentials = "",
  ): Promise<readonly string[]> => {
    const client = server.client();
    for (const [name, value] of Object.entries(settings)) await client.config("SET", name, value);
    const driver = openRedisDriver({ url: `redis://${credentials}127.0.0.1:${server.port}` });
    const { warnings } = await driver.ensure("q");
    await driver.close();
    return warnings;
  };
  const safe = {
    appendonly: "yes",
    appendfsync: "always",
    maxmemory: "0",
    "maxmemory-policy": "noeviction",
  };

  it("is everything where it writes every command and drops nothing", async () => {
    expect(await warningsWith(safe)).toEqual([]);
  });

  it.each([
    ["it writes nothing", { appendonly: "no" }, "appendonly off"],
    ["it writes once a second", { appendfsync: "everysec" }, "up to a second"],
    ["the system writes when it likes", { appendfsync: "no" }, "the system has not written"],
    [
      "it drops keys when it is full",
      { maxmemory: "100mb", "maxmemory-policy": "allkeys-lru" },
      "maxmemory-policy allkeys-lru",
    ],
  ])("is less where %s, and a warning says so", async (_, settings, words) => {
    expect(await warningsWith({ ...safe, ...settings })).toEqual([expect.stringContaining(words)]);
  });

  it("is everything where only keys that expire are dropped, because those of queues do not", async () => {
    const settings = { maxmemory: "100mb", "maxmemory-policy": "volatile-lru" };
    expect(await warningsWith({ ...safe, ...settings })).toEqual([]);
  });

  it("cannot be told wholly where its settings are secret", async () => {
    expect(await warningsWith(safe, "managed:hush@")).toEqual([
      expect.stringContaining("does not tell its appendfsync"),
    ]);
    expect(await warningsWith(safe, "silent:hush@")).toEqual([
      expect.stringContaining("does not tell how it keeps its data"),
      expect.stringContaining("does not tell its maxmemory-policy"),
    ]);
  });

  it("is less with replicas, because they follow later", async () => {
    const replica = await startRedisServer(["--replicaof", `127.0.0.1 ${server.port}`]);
    const untilFollowed = async (): Promise<void> => {
      if (!(await server.client().info("replication")).includes("connected_slaves:1"))
        await untilFollowed();
    };
    await untilFollowed();
    expect(await warningsWith(safe)).toEqual([expect.stringContaining("replicas")]);
    await replica.close();
  }, 30_000);
});
