import { randomUUID } from "node:crypto";
import type { Connection } from "@prismatic-io/spectral";
import { Redis } from "ioredis";
import { Client } from "pg";

/** A connection as a person fills it in, to an engine that is there. */
export interface ConnectedEngine {
  readonly connection: Connection;
  /** Removes what the engine kept for it. */
  readonly close: () => Promise<void>;
}

const unique = (): string => `hookline_test_${randomUUID().replaceAll("-", "")}`;

export const toQueueConnection = (key: string, fields: Record<string, unknown>): Connection => ({
  key,
  configVarKey: "Queue",
  fields,
});

export const connectRedis = async (url: string): Promise<ConnectedEngine> => {
  const prefix = unique();
  const close = async (): Promise<void> => {
    const client = new Redis(url);
    const keys = await client.keys(`*${prefix}*`);
    if (keys.length > 0) await client.del(...keys);
    await client.quit();
  };
  return { connection: toQueueConnection("redisQueue", { url, prefix }), close };
};

export const connectPostgres = async (connectionString: string): Promise<ConnectedEngine> => {
  const schema = unique();
  const close = async (): Promise<void> => {
    const client = new Client({ connectionString });
    await client.connect();
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.end();
  };
  return { connection: toQueueConnection("postgresQueue", { connectionString, schema }), close };
};
