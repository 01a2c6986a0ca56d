import { Client } from "pg";
import type { QueueDriver } from "../../../../src/queue/driver";
import { toHash, toShortHash } from "../../../../src/queue/drivers/postgres/stored-text";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { openPostgresWorld, type PostgresWorld } from "../../../support/queue/postgres-world";
import { draft, wish } from "../moves";

const request = { ...wish, leaseSeconds: 60, maximumAttempts: 3 };

/** A writer that can be stopped between its statement and its commit. */
const openSlowWriter = async ({ address, schema }: PostgresWorld) => {
  const client = new Client({ connectionString: address });
  await client.connect();
  return {
    enqueue: async (key: string, id: string): Promise<void> => {
      await client.query("begin");
      await client.query(`select "${schema}".enqueue($1, $2, $3, $4, $5, $6, $7, $8)`, [
        "orders",
        [toShortHash(key)],
        [key],
        [toHash(id)],
        [id],
        [id],
        [0],
        60,
      ]);
    },
    commit: () => client.query("commit"),
    rollback: () => client.query("rollback"),
    close: () => client.end(),
  };
};

describeWithEngine("postgres", "what happens at the same time", (address) => {
  let world: PostgresWorld;
  let driver: QueueDriver;
  let writer: Awaited<ReturnType<typeof openSlowWriter>>;

  beforeEach(async () => {
    world = await openPostgresWorld(address);
    driver = world.connect();
    await driver.ensure("orders");
    writer = await openSlowWriter(world);
  });
  afterEach(async () => {
    await writer.close();
    await driver.close();
    await world.close();
  });

  const take = async () => {
    const [message] = await driver.lease("orders", request);
    if (!message) return undefined;
    const { body, attempt, reference } = message;
    return { body, attempt, claim: { queue: "orders", reference } };
  };
  const drain = async (): Promise<string[]> => {
    const taken = await take();
    if (!taken) return [];
    expect(await driver.acknowledge(taken.claim)).toBe("done");
    return [taken.body, ...(await drain())];
  };
  const countKeys = async () =>
    (await world.ask(`select count(*)::int as count from "${world.schema}".keys`))[0]?.count;

  it("a writer that has not committed yet keeps nobody from leasing and settling its key", async () => {
    await driver.enqueue("orders", [draft("a", "1")], 60);
    await writer.enqueue("a", "2");
    expect(await drain()).toEqual(["1"]);
    await writer.commit();
    expect(await drain()).toEqual(["2"]);
    expect(await countKeys()).toBe(0);
  });

  it("a writer that gives up leaves no key behind for ever", async () => {
    await driver.enqueue("orders", [draft("a", "1")], 60);
    await writer.enqueue("a", "2");
    expect(await drain()).toEqual(["1"]);
    await writer.rollback();
    expect(await drain()).toEqual([]);
    expect(await countKeys()).toBe(0);
  });

  it("a message that was committed late does not take over the attempts of one that was leased before", async () => {
    await driver.enqueue("orders", [draft("a", "1")], 60);
    await writer.enqueue("a", "late");
    await driver.enqueue("orders", [draft("a", "2"), draft("a", "3")], 60);
    expect((await drainOne())?.body).toBe("1");
    const second = await take();
    expect(second).toMatchObject({ body: "2", attempt: 1 });
    await writer.commit();
    expect(await driver.release(second!.claim, 0)).toBeInstanceOf(Date);
    const [again, ...others] = await driver.lease("orders", {
      ...request,
      maximumMessages: 9,
      maximumPerKey: 9,
    });
    expect(again).toMatchObject({ body: "2", attempt: 2 });
    expect(others).toEqual([]);
    await driver.acknowledge({ queue: "orders", reference: again!.reference });
    expect(await drain()).toEqual(["late", "3"]);
  });

  const drainOne = async () => {
    const taken = await take();
    if (taken) expect(await driver.acknowledge(taken.claim)).toBe("done");
    return taken;
  };

  it("a key that is emptied and filled at the same time, again and again, loses nothing and no order", async () => {
    const PER_WRITER = 60;
    const writers = ["x", "y", "z"];
    const seen: string[] = [];
    const total = writers.length * PER_WRITER;
    const write = async (name: string): Promise<void> => {
      for (let index = 0; index < PER_WRITER; index += 1)
        await driver.enqueue("orders", [draft(`key ${index % 2}`, `${name} ${index}`)], 60);
    };
    const consume = async (): Promise<void> => {
      const own = world.connect();
      while (seen.length < total)
        for (const { body, reference } of await own.lease("orders", request)) {
          seen.push(body);
          expect(await own.acknowledge({ queue: "orders", reference })).toBe("done");
        }
      await own.close();
    };
    await Promise.all([...writers.map(write), consume(), consume(), consume()]);
    expect(new Set(seen).size).toBe(total);
    for (const name of writers)
      for (const rest of [0, 1]) {
        const numbers = seen
          .filter((body) => body.startsWith(name))
          .map((body) => Number(body.split(" ")[1]))
          .filter((index) => index % 2 === rest);
        expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
      }
    expect(await countKeys()).toBe(0);
  });
});
