import { Client } from "pg";
import type { QueueDriver } from "../../../../src/queue/driver";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { openPostgresWorld, type PostgresWorld } from "../../../support/queue/postgres-world";
import { wish } from "../moves";

const request = { ...wish, leaseSeconds: 600, maximumAttempts: 3 };
const BATCH = 5000;

jest.setTimeout(120_000);

describeWithEngine("postgres", "a long queue", (address) => {
  let world: PostgresWorld;
  let driver: QueueDriver;

  beforeEach(async () => {
    world = await openPostgresWorld(address);
    driver = world.connect();
    await fill("plans", 100, 10);
  });
  afterEach(async () => {
    await driver.close();
    await world.close();
  });

  const fill = async (queue: string, messages: number, keys: number): Promise<void> => {
    for (let first = 0; first < messages; first += BATCH)
      await driver.enqueue(
        queue,
        Array.from({ length: Math.min(BATCH, messages - first) }, (_, index) => ({
          orderingKey: `key ${(first + index) % keys}`,
          dedupeKey: `${first + index}`,
          body: "{}",
          delaySeconds: 0,
        })),
        60,
      );
  };

  const leaseAll = async (queue: string, keys: number): Promise<void> => {
    for (let leased = 0; leased < keys; leased += 1000)
      await driver.lease(queue, { ...request, maximumMessages: 1000 });
  };

  /** Pages that the server looks at: what time depends on, without anybody's noise. */
  const countOf = async (client: Client, statement: string): Promise<number> => {
    const { rows } = await client.query(`explain (analyze, buffers, format json) ${statement}`);
    const [{ Plan: plan }] = rows[0]["QUERY PLAN"];
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
  };

  const countRound = async (client: Client, queue: string): Promise<number> => {
    const { schema } = world;
    const leasing = `select * from "${schema}".lease('${queue}', 1, 1, 600, 3, false, '', gen_random_uuid())`;
    const leased = await countOf(client, leasing);
    const { rows } = await client.query(
      `select key, head, token from "${schema}".keys where head is not null
       order by due_at desc limit 1`,
    );
    const [{ key, head, token }] = rows;
    const settling = `select "${schema}".acknowledge('${queue}', '${key}', ${head}, '${token}')`;
    return leased + (await countOf(client, settling));
  };

  /** For one lease and its acknowledgement, after some of another queue, for which the server had to make its plans. */
  const countPages = async (queue: string, rounds: number): Promise<number> => {
    const client = new Client({ connectionString: address });
    await client.connect();
    for (let round = 0; round < 10; round += 1) await countRound(client, "plans");
    let pages = 0;
    for (let round = 0; round < rounds; round += 1) pages += await countRound(client, queue);
    await client.end();
    return pages / rounds;
  };

  it("41: is leased from and settled at the same cost, whether it holds 1,000 messages or 100,000", async () => {
    await fill("short", 1000, 100);
    await fill("long", 100_000, 100);
    const [short, long] = [await countPages("short", 50), await countPages("long", 50)];

    expect(long).toBeLessThan(short * 2);
    expect(long).toBeLessThan(200);
  });

  it("costs the same where 10,000 keys are leased and one is free", async () => {
    await fill("orders", 10_000, 10_000);
    await leaseAll("orders", 10_000);
    expect(await driver.stats("orders")).toMatchObject({ leased: 10_000, ready: 0 });
    await driver.enqueue(
      "orders",
      [{ orderingKey: "free", dedupeKey: "free", body: "free", delaySeconds: 0 }],
      60,
    );
    expect(await countPages("orders", 1)).toBeLessThan(200);
    expect(await driver.lease("orders", request)).toEqual([]);
  });

  it("costs the same where 10,000 keys wait for a time and one is free", async () => {
    const drafts = Array.from({ length: 10_000 }, (_, index) => ({
      orderingKey: `key ${index}`,
      dedupeKey: `${index}`,
      body: "{}",
      delaySeconds: 3600,
    }));
    await driver.enqueue("orders", drafts, 60);
    const free = { orderingKey: "free", dedupeKey: "free", body: "free", delaySeconds: 0 };
    await driver.enqueue("orders", [free], 60);
    expect(await countPages("orders", 1)).toBeLessThan(200);
  });

  it("is removed in parts, redriven in parts, and counted right", async () => {
    await fill("orders", 12_000, 700);
    for (const _ of [1, 2])
      for (const { reference } of await driver.lease("orders", {
        ...request,
        maximumMessages: 300,
      }))
        await driver.deadLetter({ queue: "orders", reference }, { reason: "x", blocksKey: false });
    expect(await driver.stats("orders")).toMatchObject({ ready: 11_400, dead: 600 });
    expect(await driver.redrive("orders", "all")).toBe(600);
    expect(await driver.stats("orders")).toMatchObject({ ready: 12_000, dead: 0 });
    await driver.remove("orders");
    await driver.remove("plans");
    for (const table of ["messages", "keys", "dedupe", "dead"])
      expect(await world.ask(`select count(*)::int from "${world.schema}".${table}`)).toEqual([
        { count: 0 },
      ]);
  });
});
