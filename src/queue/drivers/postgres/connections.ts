import type { Pool, PoolClient } from "pg";
import { HooklineError } from "../../../errors";
import { isStatementsFault } from "./failures";

const MOST = 4;
const CONNECT_MILLIS = 5_000;
const QUERY_MILLIS = 15_000;
const IDLE_MILLIS = 30_000;

/** A few connections to one database, made when they are needed. */
export interface Connections {
  readonly use: <Result>(work: (client: PoolClient) => Promise<Result>) => Promise<Result>;
  readonly close: () => Promise<void>;
}

const ignore = (): void => undefined;

/** A connection that breaks while nobody uses it is replaced when it is needed; one in use fails the call. */
const openPool = async (connectionString: string): Promise<Pool> => {
  const { Pool: PgPool } = await import("pg");
  const pool = new PgPool({
    connectionString,
    max: MOST,
    connectionTimeoutMillis: CONNECT_MILLIS,
    query_timeout: QUERY_MILLIS,
    idleTimeoutMillis: IDLE_MILLIS,
    allowExitOnIdle: true,
    keepAlive: true,
    application_name: "hookline",
  });
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  return pool;
};

/** Lets so many through at a time; the others wait, without the limit that the pool has for connecting. */
const createTurnstile = (most: number) => {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    enter: async (): Promise<void> => {
      if (inside === most) await new Promise<void>((resolve) => waiting.push(resolve));
      else inside += 1;
    },
    leave: (): void => {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    },
  };
};

export const createConnections = (connectionString: string): Connections => {
  const turnstile = createTurnstile(MOST);
  const usedAt = new WeakMap<PoolClient, number>();
  let opened: Promise<Pool> | undefined;
  let closed: Promise<void> | undefined;

  const connect = async (): Promise<PoolClient> => {
    if (closed)
      throw new HooklineError("QUEUE_UNAVAILABLE", "The connection to the queue was closed.");
    opened ??= openPool(connectionString);
    return (await opened).connect();
  };

  /**
   * A process can stand still for longer than a connection may be idle; what the other side did meanwhile is not known
   * yet. So an old connection is not relied on.
   */
  const takeFresh = async (): Promise<PoolClient> => {
    const client = await connect();
    const lastUsedAt = usedAt.get(client) ?? Date.now();
    if (Math.abs(Date.now() - lastUsedAt) <= IDLE_MILLIS) return client;
    client.release(true);
    return takeFresh();
  };

  const run = async <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
    const client = await takeFresh();
    let isBroken = false;
    try {
      return await work(client);
    } catch (error) {
      isBroken = !isStatementsFault(error);
      throw error;
    } finally {
      usedAt.set(client, Date.now());
      client.release(isBroken);
    }
  };

  return {
    use: async (work) => {
      await turnstile.enter();
      try {
        return await run(work);
      } finally {
        turnstile.leave();
      }
    },
    close: () => {
      closed ??= (async () => (await opened)?.end())();
      return closed;
    },
  };
};
