import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { inspect } from "node:util";
import type { QueueDriver } from "../../../../src/queue/driver";
import { openPostgresDriver } from "../../../../src/queue/drivers/postgres/driver";
import { isStatementsFault, toQueueFailure } from "../../../../src/queue/drivers/postgres/failures";
import { type CuttableProxy, openCuttableProxy } from "../../../support/queue/cuttable-proxy";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { openPostgresWorld, type PostgresWorld } from "../../../support/queue/postgres-world";
import { draft as toDraft, wish } from "../moves";

const draft = toDraft("a", "1");
const request = { ...wish, leaseSeconds: 60, maximumAttempts: 3 };
const unavailable = { code: "QUEUE_UNAVAILABLE", retryable: true };

describe("a server that gives no answer", () => {
  it("is unavailable to every verb, and the message says what to do and no secret", async () => {
    const connectionString = "postgres://user:hidden-pass@127.0.0.1:9/orders";
    const driver = openPostgresDriver({ connectionString });
    const verbs = [
      driver.enqueue("orders", [draft], 60),
      driver.lease("orders", request),
      driver.stats("orders"),
      driver.ensure("orders"),
      driver.remove("orders"),
      driver.redrive("orders", "all"),
    ];
    for (const verb of await Promise.allSettled(verbs)) {
      expect(verb).toMatchObject({ status: "rejected", reason: unavailable });
      const { reason } = verb as PromiseRejectedResult;
      expect(reason.message).toContain("check whether the server runs");
      expect(JSON.stringify([reason.message, reason.cause])).not.toContain("hidden-pass");
    }
    await driver.close();
  });

  it("that takes connections and never says a word is given up on", async () => {
    const server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const driver = openPostgresDriver({
      connectionString: `postgres://user@127.0.0.1:${port}/orders`,
    });
    await expect(driver.stats("orders")).rejects.toMatchObject(unavailable);
    await driver.close();
    server.close();
  }, 20_000);

  it("is closed for good, twice and before the first use", async () => {
    const driver = openPostgresDriver({ connectionString: "postgres://user@127.0.0.1:9/orders" });
    await driver.close();
    await driver.close();
    await expect(driver.stats("orders")).rejects.toMatchObject({
      code: "QUEUE_UNAVAILABLE",
      message: expect.stringContaining("closed"),
    });
  });
});

it("a session that the server ended while it made the tables can be tried again", () => {
  const ended = Object.assign(new Error("terminating connection"), {
    code: "25P03",
    severity: "FATAL",
  });
  expect(toQueueFailure(ended)).toMatchObject(unavailable);
  expect(isStatementsFault(ended)).toBe(false);
});

describeWithEngine("postgres", "what breaks on the way", (address) => {
  let world: PostgresWorld;
  let proxy: CuttableProxy;
  let driver: QueueDriver;

  const through = (port: number): string => {
    const url = new URL(address);
    url.host = `127.0.0.1:${port}`;
    return url.href;
  };

  beforeEach(async () => {
    world = await openPostgresWorld(address);
    const { hostname, port } = new URL(address);
    proxy = await openCuttableProxy({ host: hostname, port: Number(port) });
    driver = openPostgresDriver({
      connectionString: through(proxy.port),
      schema: world.schema,
    });
    await driver.ensure("orders");
  });
  afterEach(async () => {
    await driver.close();
    await proxy.close();
    await world.close();
  });

  const leaseOne = async () => {
    const [message] = await driver.lease("orders", request);
    return { queue: "orders", reference: message!.reference };
  };

  it("a connection that died while nobody used it does not fail the next call", async () => {
    proxy.cut();
    expect(await driver.enqueue("orders", [draft], 60)).toMatchObject([{ status: "enqueued" }]);
  });

  it("a refused message is quoted by the server, and by nobody else", async () => {
    await driver.ensure("orders");
    await world.ask(
      `alter table "${world.schema}".messages add check (body not like 'hidden-body%')`,
    );
    const refused = driver.enqueue("orders", [{ ...draft, body: "hidden-body" }], 60);
    const error: unknown = await refused.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "QUEUE_UNUSABLE" });
    expect(inspect(error, { depth: 10 })).toContain("23514");
    expect(inspect(error, { depth: 10 })).not.toContain("hidden-body");
  });

  it("an enqueue whose answer was lost is repeated, and enqueues once", async () => {
    proxy.cutInsteadOfAnswer();
    const [first] = await driver.enqueue("orders", [draft], 60);
    const [again] = await driver.enqueue("orders", [draft], 60);
    expect(again).toEqual({ status: "duplicate", id: first!.id });
    expect((await driver.stats("orders")).ready).toBe(1);
  });

  it("an acknowledgement whose answer was lost fails, because stale would not be true, and counts", async () => {
    await driver.enqueue("orders", [draft], 60);
    const claim = await leaseOne();
    proxy.cutInsteadOfAnswer();
    await expect(driver.acknowledge(claim)).rejects.toMatchObject(unavailable);
    expect(await driver.acknowledge(claim)).toBe("stale");
    expect(await driver.stats("orders")).toMatchObject({ ready: 0, leased: 0 });
  });

  it("a server that says no more is given up on", async () => {
    await driver.enqueue("orders", [draft], 60);
    const own = openPostgresDriver({
      connectionString: `${through(proxy.port)}?query_timeout=300`,
      schema: world.schema,
    });
    await own.stats("orders");
    proxy.fallSilent();
    await expect(own.stats("orders")).rejects.toMatchObject(unavailable);
    await own.close();
  });

  it.each([
    ["a user that does not exist", (url: URL) => (url.username = "nobody_of_this_name")],
    ["a database that does not exist", (url: URL) => (url.pathname = "/no_database_of_this_name")],
  ])("%s is the connection's fault", async (_, change) => {
    const url = new URL(address);
    change(url);
    const wrong = openPostgresDriver({ connectionString: url.href, schema: world.schema });
    await expect(wrong.stats("orders")).rejects.toMatchObject({
      code: "CONNECTION_INVALID",
      message: expect.stringContaining("connection string"),
    });
    await wrong.close();
  });

  it("a server without encryption is the connection's fault where encryption is asked for", async () => {
    const wrong = openPostgresDriver({ connectionString: `${address}?sslmode=verify-full` });
    await expect(wrong.stats("orders")).rejects.toMatchObject({
      code: "CONNECTION_INVALID",
      message: expect.stringContaining("sslmode"),
    });
    await wrong.close();
  });

  it("a connection that the server ends in the middle of a call does not fail it", async () => {
    const named = openPostgresDriver({
      connectionString: `${address}?application_name=${world.schema}`,
      schema: world.schema,
    });
    await named.stats("orders");
    const ended = await world.ask(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
      [world.schema],
    );
    expect(ended).toHaveLength(1);
    expect(await named.enqueue("orders", [draft], 60)).toMatchObject([{ status: "enqueued" }]);
    await named.close();
  });
});
