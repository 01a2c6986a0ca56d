import { Redis } from "ioredis";
import pg from "pg";

const SCAN_COUNT = 5000;

const withDatabase = (address, database) => {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
};

const ask = async (connectionString, text) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

/** A database of its own on the PostgreSQL server, dropped again by `drop`. */
export const openPostgres = async (address) => {
  const database = `hookline_bench_${process.pid}`;
  await ask(address, `create database ${database}`);
  const connectionString = withDatabase(address, database);
  const pool = new pg.Pool({ connectionString, max: 2 });
  pool.on("error", () => {});
  const query = async (text, values) => (await pool.query(text, values)).rows;
  const setting = async (name) => (await query(`show ${name}`))[0][name];
  return {
    connectionString,
    query,
    /** What the server does sooner or later by itself, done for everybody before anything is timed. */
    settle: async () => {
      await query("vacuum analyze");
      await query("checkpoint");
    },
    clear: async () => {},
    describe: async () =>
      `PostgreSQL ${await setting("server_version")}, fsync ${await setting("fsync")}, synchronous_commit ${await setting("synchronous_commit")}, shared_buffers ${await setting("shared_buffers")}`,
    drop: async () => {
      await pool.end();
      await ask(address, `drop database ${database} with (force)`);
    },
  };
};

const removeKeys = async (redis, pattern) => {
  for await (const keys of redis.scanStream({ match: pattern, count: SCAN_COUNT }))
    if (keys.length > 0) await redis.unlink(keys);
};

/** A prefix of its own on the Redis server; `clear` removes every key that has it. */
export const openRedis = async (url) => {
  const prefix = `hookline-bench-${process.pid}`;
  const redis = new Redis(url);
  redis.on("error", () => {});
  const setting = async (name) => (await redis.config("GET", name))[1];
  const clear = () => removeKeys(redis, `*${prefix}*`);
  return {
    url,
    prefix,
    settle: async () => {},
    clear,
    describe: async () => {
      const [, version] = /redis_version:(\S+)/.exec(await redis.info("server"));
      return `Redis ${version}, appendonly ${await setting("appendonly")}, save "${await setting("save")}"`;
    },
    drop: async () => {
      await clear();
      await redis.quit();
    },
  };
};
