import { connect as connectSocket } from "node:net";
import { Client, Pool } from "pg";
import { waitUntil } from "../support/wait-until";
import { ask, connect, copyMadeFolder, openTestQueue, type TestQueue } from "./queue-folder";

let queue: TestQueue;
beforeAll(async () => {
  queue = await openTestQueue(await copyMadeFolder());
});
beforeEach(() => ask(queue.connectionString, "truncate seen"));

/** Each of these breaks when messages of two clients mix: unnamed statements, errors, portals, transactions. */
const work = async (pool: Pool, number: number): Promise<void> => {
  for (let round = 1; round <= 100; round += 1) {
    const { rows } = await pool.query("select $1::int as one, $2::text as two", [
      number,
      `${round}`,
    ]);
    expect(rows).toEqual([{ one: number, two: `${round}` }]);
    await pool.query(
      "insert into seen values ($1, 1) on conflict (number) do update set count = seen.count + 1",
      [number],
    );
    if (round % 5 === 0)
      await expect(pool.query("select $1::int / 0", [round])).rejects.toMatchObject({
        code: "22012",
      });
    if (round % 10 === 0) {
      const series = { text: "select generate_series(1, 30) as g", rows: 7 };
      expect((await pool.query(series)).rows).toHaveLength(30);
      await leaveUndone(pool, number);
    }
  }
};

const leaveUndone = async (pool: Pool, number: number): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("update seen set count = count + 1000 where number = $1", [number]);
    await client.query("rollback");
  } finally {
    client.release();
  }
};

test("eight programs with two connections each do not disturb one another", async () => {
  const pools = Array.from({ length: 8 }, () => {
    const pool = new Pool({ connectionString: queue.connectionString, max: 2 });
    return pool.on("error", () => undefined);
  });
  await Promise.all(pools.flatMap((pool, index) => [work(pool, index), work(pool, index)]));
  await Promise.all(pools.map((pool) => pool.end()));
  expect(await ask(queue.connectionString, "select count from seen order by number")).toEqual(
    Array(8).fill(200),
  );
});

test("while one is inside a transaction the others wait, and see all of it or nothing", async () => {
  const one = await connect(queue.connectionString);
  const other = await connect(queue.connectionString);
  await one.query("begin");
  await one.query("insert into seen values (1, 1)");
  const counted = other.query("select count(*)::int as count from seen");
  await one.query("insert into seen values (2, 1)");
  await one.query("commit");
  expect((await counted).rows).toEqual([{ count: 2 }]);
  await one.end();
  await other.end();
});

test("what somebody has begun is taken back when he is cut off, and the others go on", async () => {
  const one = await connect(queue.connectionString);
  await one.query("begin");
  await one.query("insert into seen values (1, 1)");
  const counted = ask(queue.connectionString, "select count(*)::int from seen");
  (
    one as unknown as { connection: { stream: { destroy: () => void } } }
  ).connection.stream.destroy();
  expect(await counted).toEqual([0]);
});

test("settings and statements of clients that are gone are forgotten", async () => {
  const one = await connect(queue.connectionString);
  await one.query("set search_path = nowhere");
  await one.query({ name: "mine", text: "select 1" });
  await one.end();
  let path: unknown;
  while (path !== "public") [path] = await ask(queue.connectionString, "show search_path");
  const other = await connect(queue.connectionString);
  await other.query({ name: "mine", text: "select 2" });
  await other.end();
});

test("large messages pass in both directions", async () => {
  const text = "x".repeat(5_000_000);
  const client = await connect(queue.connectionString);
  const { rows } = await client.query("select $1::text as text", [text]);
  expect(rows[0].text === text).toBe(true);
  await client.end();
});

test.each([
  ["text that is not the protocol", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"],
  ["an endless first message", Buffer.from("7fffffff00030000", "hex")],
  ["a first message without an end", Buffer.from("00000004", "hex")],
  ["a request to cancel", Buffer.from("0000001004d2162e0000002a00000001", "hex")],
])("%s is turned away, and the others are served", async (_what, bytes) => {
  const { port } = new URL(queue.connectionString);
  const socket = connectSocket({ host: "127.0.0.1", port: Number(port) });
  let isClosed = false;
  socket.on("close", () => {
    isClosed = true;
  });
  socket.on("error", () => undefined);
  socket.write(bytes);
  socket.resume();
  await waitUntil(() => isClosed);
  expect(await ask(queue.connectionString, "select 1")).toEqual([1]);
});

test("what a client is told as it is let in is what the database says", async () => {
  const client = new Client({ connectionString: queue.connectionString });
  const told = new Map<string, string>();
  const { connection } = client as unknown as { connection: NodeJS.EventEmitter };
  connection.on("parameterStatus", (status: { parameterName: string; parameterValue: string }) =>
    told.set(status.parameterName, status.parameterValue),
  );
  await client.connect();
  const welcome = [...told];
  expect(welcome.length).toBeGreaterThan(5);
  for (const [name, value] of welcome)
    expect(await ask(queue.connectionString, `show "${name}"`)).toEqual([value]);
  await client.end();
});
