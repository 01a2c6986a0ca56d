import { randomBytes } from "node:crypto";
import type { QueueDriver } from "../../../../src/queue/driver";
import { openPostgresDriver } from "../../../../src/queue/drivers/postgres/driver";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { openPostgresWorld, type PostgresWorld } from "../../../support/queue/postgres-world";
import { draft as toDraft, wish } from "../moves";

const draft = toDraft("a", "1");
const request = { ...wish, leaseSeconds: 60, maximumAttempts: 3 };

const useOnce = async (driver: QueueDriver): Promise<string> => {
  await driver.enqueue("orders", [draft], 60);
  const [message] = await driver.lease("orders", request);
  const { reference } = message!;
  return driver.acknowledge({ queue: "orders", reference });
};

describeWithEngine("postgres", "the schema of the queues", (address) => {
  let world: PostgresWorld;
  const roles: string[] = [];
  const drivers: QueueDriver[] = [];

  const open = (connectionString = address): QueueDriver => {
    const driver = openPostgresDriver({ connectionString, schema: world.schema });
    drivers.push(driver);
    return driver;
  };

  /** A user who may do nothing yet. */
  const addRole = async (): Promise<{ role: string; own: string }> => {
    const [role, password] = [`hookline_${randomBytes(6).toString("hex")}`, "pass-word"];
    await world.ask(`create role ${role} login password '${password}'`);
    roles.push(role);
    const own = new URL(address);
    own.username = role;
    own.password = password;
    return { role, own: own.href };
  };

  beforeEach(async () => {
    world = await openPostgresWorld(address);
  });
  afterEach(async () => {
    for (const driver of drivers.splice(0)) await driver.close();
    await world.close();
    for (const role of roles.splice(0)) {
      await world.ask(`drop owned by ${role}`);
      await world.ask(`drop role ${role}`);
    }
  });

  it("is made on first use by whichever verb comes first", async () => {
    expect(await open().lease("orders", request)).toEqual([]);
    expect(await useOnce(open())).toBe("done");
  });

  it("is made once by many that come at the same time", async () => {
    const many = Array.from({ length: 6 }, () => open());
    await Promise.all(many.map((driver) => driver.ensure("orders")));
    const rows = await world.ask(`select version from "${world.schema}".version`);
    expect(rows).toEqual([{ version: 1 }]);
    expect(await useOnce(open())).toBe("done");
  });

  it("is made again when it was dropped under an open driver", async () => {
    const driver = open();
    expect(await useOnce(driver)).toBe("done");
    await world.ask(`drop schema "${world.schema}" cascade`);
    expect(await useOnce(driver)).toBe("done");
  });

  it("is left alone when a newer version manages it", async () => {
    await open().ensure("orders");
    await world.ask(`update "${world.schema}".version set version = 99`);
    await expect(open().ensure("orders")).rejects.toMatchObject({
      code: "QUEUE_UNUSABLE",
      retryable: false,
      message: expect.stringContaining("newer version of Hookline"),
    });
    expect(await world.ask(`select version from "${world.schema}".version`)).toEqual([
      { version: 99 },
    ]);
  });

  it("needs permission to be made, and the refusal says what to run", async () => {
    const { role, own } = await addRole();
    const driver = open(own);
    const refusal = await driver.ensure("orders").catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ code: "QUEUE_UNUSABLE", retryable: false });
    const [, statement = ""] = /(CREATE SCHEMA [^;]*);/.exec((refusal as Error).message) ?? [];
    await world.ask(statement.replace("<user>", role));
    expect(await useOnce(driver)).toBe("done");
  });

  it("serves another user than the one who made it, once the permissions of the refusal are given", async () => {
    await open().ensure("orders");
    const { role, own } = await addRole();
    const driver = open(own);
    const refusal = await useOnce(driver).catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ code: "QUEUE_UNUSABLE" });
    const { message } = refusal as Error;
    for (const [statement] of message.matchAll(
      /GRANT [^;]*IN SCHEMA[^;]*|GRANT USAGE ON SCHEMA[^;]*/g,
    ))
      await world.ask(statement.replace("<user>", role));
    expect(await useOnce(driver)).toBe("done");
    await driver.stats("orders");
    await driver.remove("orders");
  });

  it("refuses a role whose transactions would not see what others commit", async () => {
    const { role, own } = await addRole();
    await world.ask(`create schema "${world.schema}" authorization ${role}`);
    await world.ask(`alter role ${role} set default_transaction_isolation = 'repeatable read'`);
    await expect(open(own).enqueue("orders", [draft], 60)).rejects.toMatchObject({
      code: "QUEUE_UNUSABLE",
      message: expect.stringContaining("read committed"),
    });
  });

  it("warns of a server that can forget what it confirmed, and only of that", async () => {
    const { role, own } = await addRole();
    await world.ask(`create schema "${world.schema}" authorization ${role}`);
    expect(await open(own).ensure("orders")).toEqual({ warnings: [] });
    await world.ask(`alter role ${role} set synchronous_commit = off`);
    expect(await open(own).ensure("orders")).toEqual({
      warnings: [expect.stringContaining("synchronous_commit = off")],
    });
  });

  it("is not called ready where it can only be read", async () => {
    const { role, own } = await addRole();
    await world.ask(`create schema "${world.schema}" authorization ${role}`);
    await open(own).ensure("orders");
    await world.ask(`alter role ${role} set default_transaction_read_only = on`);
    await expect(open(own).ensure("orders")).rejects.toMatchObject({
      code: "QUEUE_UNAVAILABLE",
      retryable: true,
      message: expect.stringContaining("primary"),
    });
  });

  it("runs nothing that another user has put where PostgreSQL looks for functions", async () => {
    const { role, own } = await addRole();
    const bait = `${world.schema}_bait`;
    await world.ask(`create schema "${world.schema}" authorization ${role}`);
    await world.ask(`create schema ${bait}`);
    const raise = "language plpgsql as $$ begin raise exception 'bait'; end $$";
    for (const head of [
      "make_interval(secs integer) returns interval",
      "pg_advisory_xact_lock(text) returns void",
    ])
      await world.ask(`create function ${bait}.${head} ${raise}`);
    await world.ask(`grant usage on schema ${bait} to ${role}`);
    await world.ask(`alter role ${role} set search_path = ${bait}`);
    const driver = open(own);
    await driver.ensure("orders");
    expect(await useOnce(driver)).toBe("done");
    expect(await driver.stats("orders")).toMatchObject({ ready: 0, leased: 0 });
    await driver.remove("orders");
    await world.ask(`drop schema ${bait} cascade`);
  });

  it("does not depend on how the server writes times", async () => {
    const { role, own } = await addRole();
    await world.ask(`create schema "${world.schema}" authorization ${role}`);
    await world.ask(`alter role ${role} set datestyle = 'SQL, DMY'`);
    await world.ask(`alter role ${role} set timezone = 'Asia/Kolkata'`);
    const driver = open(own);
    await driver.enqueue("orders", [draft], 60);
    const [message] = await driver.lease("orders", request);
    expect(Math.abs(message!.enqueuedAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it("takes no part of a removed queue into one of the same name", async () => {
    const driver = open();
    await driver.enqueue("orders", [draft], 60);
    const [message] = await driver.lease("orders", request);
    await driver.remove("orders");
    await driver.enqueue("orders", [draft], 60);
    const claim = { queue: "orders", reference: message!.reference };
    expect(await driver.acknowledge(claim)).toBe("stale");
    expect((await driver.stats("orders")).ready).toBe(1);
    expect(await world.ask(`select count(*)::int from "${world.schema}".messages`)).toEqual([
      { count: 1 },
    ]);
  });

  it("knows no ids that are no numbers", async () => {
    const driver = open();
    const strange = ["", "x", "-1", "1e3", "9".repeat(30), "\u0000"];
    expect(await driver.redrive("orders", strange)).toBe(0);
    expect(await driver.discard("orders", strange)).toBe(0);
  });

  it("refuses a lease whose reference is of another kind", async () => {
    const token = "0".repeat(32);
    for (const reference of ["x", `${"-".repeat(36)}.1.${token}`, `${token}.1.${token}`])
      await expect(open().acknowledge({ queue: "orders", reference })).rejects.toMatchObject({
        code: "LEASE_INVALID",
      });
  });
});
