import { Redis } from "ioredis";
import pg from "pg";

export const COMMIT = "UPDATE of one row, committed";
export const ROUND_TRIP = "EVALSHA of one INCR";

const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];

const timeCalls = async (calls, milliseconds) => {
  const started = performance.now();
  const repeat = async (call) => {
    let count = 0;
    for (; performance.now() - started < milliseconds; count++) await call();
    return count;
  };
  const counts = await Promise.all(calls.map(repeat));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (total * 1000) / (performance.now() - started);
};

const connectPostgres = async (connectionString, id) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return {
    "`select 1`": () => client.query("select 1"),
    [COMMIT]: () => client.query("update physical_limit set n = n + 1 where id = $1", [id]),
    close: () => client.end(),
  };
};

const connectRedis = async (url, prefix) => {
  const client = new Redis(url);
  const digest = await client.script("LOAD", "return redis.call('INCR', KEYS[1])");
  return {
    PING: () => client.ping(),
    [ROUND_TRIP]: () => client.evalsha(digest, 1, `${prefix}-limit`),
    close: () => client.quit(),
  };
};

const measure = async (clients, { rounds, milliseconds }) => {
  const { close: _, ...calls } = clients[0];
  const runs = Object.keys(calls).flatMap((name) => [1, 8].map((count) => ({ name, count })));
  const rates = new Map(runs.map(({ name, count }) => [`${name} x${count}`, []]));
  for (let round = 0; round <= rounds; round++)
    for (const { name, count } of rotated(runs, round)) {
      const calls = clients.slice(0, count).map((client) => client[name]);
      const rate = await timeCalls(calls, milliseconds);
      if (round > 0) rates.get(`${name} x${count}`).push(rate);
    }
  await Promise.all(clients.map(({ close }) => close()));
  return rates;
};

/**
 * One commit or round trip after the other, to stand beside the contenders: where it becomes slower, so did the machine.
 */
const createReference = async (client, name) => {
  const { [name]: call, close } = client;
  const run = async (_queue, _consumers, slice) => {
    while (!slice.isOver()) {
      await call();
      slice.settled([name]);
    }
  };
  const opened = {
    contender: { isOrdered: true },
    backlog: { settled: () => {} },
    fillTo: async () => {},
    check: async () => {},
    close,
  };
  return { name, opened, mode: { run }, consumers: 1 };
};

export const createReferences = ({ postgres, redis }) => ({
  postgres: async () =>
    createReference(await connectPostgres(postgres.connectionString, 1), COMMIT),
  redis: async () => createReference(await connectRedis(redis.url, redis.prefix), ROUND_TRIP),
});

/** What the servers can do at all, asked by the same clients: no queue can be faster than its commits and round trips. */
export const measureLimits = async ({ postgres, redis }, turns) => {
  await postgres.query("create table physical_limit (id int primary key, n int)");
  await postgres.query("insert into physical_limit select n, 0 from generate_series(1, 8) n");
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];
  const { connectionString } = postgres;
  const { url, prefix } = redis;
  return new Map([
    ...(await measure(
      await Promise.all(ids.map((id) => connectPostgres(connectionString, id))),
      turns,
    )),
    ...(await measure(await Promise.all(ids.map(() => connectRedis(url, prefix))), turns)),
  ]);
};
