import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { openPostgresDriver } from "../../../src/queue/drivers/postgres/driver";
import type { QueueWorld } from "../../contracts/queue/subject";

export interface PostgresWorld extends QueueWorld {
  readonly address: string;
  readonly schema: string;
  /** One statement, by a connection that is not a driver's. */
  readonly ask: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
}

const ask =
  (address: string): PostgresWorld["ask"] =>
  async (text, values) => {
    const client = new Client({ connectionString: address });
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  };

/** A schema of its own in a database that runs. Its clock is the function that all others read. */
export const openPostgresWorld = async (address: string): Promise<PostgresWorld> => {
  const schema = `hookline_test_${randomBytes(6).toString("hex")}`;
  let offset = 0;
  const move = async (seconds: number): Promise<void> => {
    offset += seconds;
    await ask(address)(
      `create or replace function "${schema}".clock() returns timestamptz language sql volatile
       as $$ select clock_timestamp() + interval '${offset} seconds' $$`,
    );
  };
  /** One after the other: PostgreSQL does not replace a function twice at the same time. */
  let last: Promise<void> = Promise.resolve();
  return {
    address,
    schema,
    ask: ask(address),
    connect: () => openPostgresDriver({ connectionString: address, schema }),
    advance: (seconds) => {
      const moved = last.then(() => move(seconds));
      last = moved.catch(() => undefined);
      return moved;
    },
    close: async () => {
      await ask(address)(`drop schema if exists "${schema}" cascade`);
    },
  };
};
