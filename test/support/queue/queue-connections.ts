import { randomUUID } from "node:crypto";
import type { Connection } from "@prismatic-io/spectral";
import { Redis } from "ioredis";
import { openPgliteWorld } from "./pglite-world";
import { openPostgresWorld, type PostgresWorld } from "./postgres-world";
import { openSqsWorld } from "./sqs-world";

/** A connection as a person fills it in, to an engine that is there. */
export interface ConnectedEngine {
  readonly connection: Connection;
  /** Removes what the engine kept for it. */
  readonly close: () => Promise<void>;
}

export const toQueueConnection = (key: string, fields: Record<string, unknown>): Connection => ({
  key,
  configVarKey: "Queue",
  fields,
});

export const connectSqs = async (): Promise<ConnectedEngine> => {
  const { fields, close } = await openSqsWorld();
  return { connection: toQueueConnection("sqsQueue", { ...fields }), close };
};

export const connectRedis = async (url: string): Promise<ConnectedEngine> => {
  const prefix = `hookline-test-${randomUUID()}`;
  const close = async (): Promise<void> => {
    const client = new Redis(url);
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1000 }))
      if ((keys as string[]).length > 0) await client.unlink(keys as string[]);
    await client.quit();
  };
  return { connection: toQueueConnection("redisQueue", { url, prefix }), close };
};

const toPostgres = ({ address, schema, close }: PostgresWorld): ConnectedEngine => ({
  connection: toQueueConnection("postgresQueue", { connectionString: address, schema }),
  close,
});

export const connectPostgres = async (address: string): Promise<ConnectedEngine> =>
  toPostgres(await openPostgresWorld(address));

export const connectPglite = async (): Promise<ConnectedEngine> =>
  toPostgres(await openPgliteWorld());
