import { inspect } from "node:util";
import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import {
  describeWithRedisServer,
  type RedisServer,
  startRedisServer,
} from "../../../support/queue/redis-server";
import { draft, drain, WINDOW_SECONDS } from "../moves";

describeWithRedisServer("Who may use a Redis server", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer(["--requirepass", "hush"]);
    const client = server.client("hush");
    await client.acl(
      "SETUSER",
      "queue",
      "on",
      ">p/w:%",
      "~hookline:*",
      "+@hash",
      "+@list",
      "+@sortedset",
      "+@scripting",
      "+unlink",
      "+type",
      "+time",
      "+info",
    );
    await client.acl("SETUSER", "reader", "on", ">hush", "~*", "+@read", "+@scripting", "+info");
    await client.acl("SETUSER", "nobody", "on", ">hush", "~*");
    await client.acl("SETUSER", "elsewhere", "on", ">hush", "~other:*", "+@all");
  }, 30_000);
  afterAll(() => server.close());

  const open = (credentials: string, path = "") =>
    openRedisDriver({ url: `redis://${credentials}127.0.0.1:${server.port}${path}` });

  it.each([
    ["no password", "", "/0", "password"],
    ["a wrong password", ":secret@", "/0", "password"],
    ["an unknown user", "stranger:secret@", "/0", "password"],
    ["a user without any permission", "nobody:hush@", "/0", "may not do"],
    ["a user that may only read", "reader:hush@", "/0", "may not do"],
    ["a user of other keys", "elsewhere:hush@", "/0", "may not do"],
    ["a database that is not there", ":hush@", "/99", "database"],
  ])("refuses %s and says what to look at", async (_, credentials, path, words) => {
    const driver = open(credentials, path);
    const error: Error = await driver.enqueue("q", [draft("a", "1")], WINDOW_SECONDS).then(
      () => new Error("it was taken"),
      (reason) => reason,
    );
    expect(error).toMatchObject({ code: "CONNECTION_INVALID", retryable: false });
    expect(error.message).toContain("URL:");
    expect(error.message).toContain(words);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/hush|secret/);
    expect(JSON.stringify(error.cause, Object.getOwnPropertyNames(error.cause))).not.toMatch(
      /hush|secret/,
    );
    await driver.close();
  });

  it("serves a user that may do just what a queue needs, and says what it could not find out", async () => {
    const driver = open("queue:p%2Fw%3A%25@");
    const { warnings } = await driver.ensure("q");
    expect(warnings).toEqual([expect.stringContaining("appendonly off")]);
    await driver.enqueue("q", [draft("a", "1"), draft("a", "2")], WINDOW_SECONDS);
    expect(await drain(driver, "q")).toEqual(["1", "2"]);
    expect(await driver.stats("q")).toMatchObject({ ready: 0 });
    await driver.remove("q");
    await driver.close();
  });

  it("repeats no password that the server repeats, because it does not know the command", async () => {
    const stranger = await startRedisServer(["--rename-command", "AUTH", ""]);
    const driver = openRedisDriver({ url: `redis://somebody:secret@127.0.0.1:${stranger.port}` });
    const error: unknown = await driver.stats("q").catch((reason: unknown) => reason);
    expect(inspect(error, { depth: 10 })).toContain("unknown command");
    expect(inspect(error, { depth: 10 })).not.toContain("secret");
    await driver.close();
    await stranger.close();
  });

  it("keeps databases apart", async () => {
    const [one, other] = [open(":hush@", "/1"), open(":hush@", "/2")];
    await one.enqueue("q", [draft("a", "1")], WINDOW_SECONDS);
    expect(await other.stats("q")).toMatchObject({ ready: 0 });
    expect(one.place).not.toBe(other.place);
    expect(one.place).not.toMatch(/hush|127/);
    await one.close();
    await other.close();
  });
});
