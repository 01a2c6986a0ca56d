import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import { HooklineError } from "../../../errors";
import type { Connections } from "./connections";
import { codeOf, isSchemaMissing, toCause } from "./failures";
import type { PostgresSettings } from "./settings";
import { BUILT_IN_ONLY } from "./sql/ground";
import { migrations } from "./sql/migrations";

const OLDEST_SERVER = 130_000;

interface Server {
  readonly number: number;
  readonly version: string;
  readonly encoding: string;
}

const checkServer = async (client: PoolClient): Promise<void> => {
  const { rows } = await client.query<Server>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version, current_setting('server_encoding') as encoding",
  );
  const [server] = rows;
  if (server && server.number < OLDEST_SERVER)
    throw new HooklineError(
      "QUEUE_UNUSABLE",
      `PostgreSQL ${server.version} is too old for queues: use version 13 or later.`,
    );
  if (server && server.encoding !== "UTF8")
    throw new HooklineError(
      "QUEUE_UNUSABLE",
      `The database keeps text as ${server.encoding}, which cannot hold every message: create one with ENCODING 'UTF8'.`,
    );
};

/** 0 where there is nothing yet. */
const readVersion = async (client: PoolClient, schema: string): Promise<number> => {
  try {
    const { rows } = await client.query<{ version: number }>(
      `select version from "${schema}".version`,
    );
    return rows[0]?.version ?? 0;
  } catch (error) {
    if (isSchemaMissing(error)) return 0;
    throw error;
  }
};

const checkNotNewer = (version: number, schema: string): void => {
  if (version > migrations.length)
    throw new HooklineError(
      "QUEUE_UNUSABLE",
      `The schema ${schema} is managed by a newer version of Hookline (its tables are version ${version}, and this one knows ${migrations.length}). Update this component, or enter another schema.`,
    );
};

/** Processes that come at the same time wait for the first, and then find everything done. */
const lockNumber = (schema: string): string =>
  createHash("sha256").update(`hookline ${schema}`).digest().readBigInt64BE().toString();

const makeSchema = async (client: PoolClient, schema: string): Promise<void> => {
  const { rows } = await client.query("select 1 from pg_namespace where nspname = $1", [schema]);
  if (rows.length === 0) await client.query(`create schema "${schema}"`);
  await client.query(
    `create table if not exists "${schema}".version (version integer not null, one boolean primary key default true check (one))`,
  );
};

const migrateLocked = async (client: PoolClient, schema: string): Promise<void> => {
  await client.query(BUILT_IN_ONLY.replace("set ", "set local "));
  await client.query("select pg_advisory_xact_lock($1)", [lockNumber(schema)]);
  await checkServer(client);
  await makeSchema(client, schema);
  const version = await readVersion(client, schema);
  checkNotNewer(version, schema);
  for (const migrate of migrations.slice(version)) await client.query(migrate(`"${schema}"`));
  await client.query(
    `insert into "${schema}".version (version) values ($1) on conflict (one) do update set version = excluded.version`,
    [migrations.length],
  );
};

const migrate = async (client: PoolClient, schema: string): Promise<void> => {
  await client.query("begin isolation level read committed read write");
  try {
    await migrateLocked(client, schema);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
};

export const toRefusal = (error: unknown, { database, schema }: PostgresSettings): unknown => {
  if (codeOf(error) !== "42501") return error;
  const name = `"${schema}"`;
  return new HooklineError(
    "QUEUE_UNUSABLE",
    `The user of the connection string may not make or use the tables of the queues. As its owner or a superuser run: GRANT CREATE ON DATABASE "${database}" TO <user>; or, so that it needs no more than its own schema: CREATE SCHEMA ${name} AUTHORIZATION <user>; or, where another user made the tables: GRANT USAGE ON SCHEMA ${name} TO <user>; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${name} TO <user>; GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${name} TO <user>;`,
    { cause: toCause(error) },
  );
};

/** Makes what the queues need, unless one look shows that it is there. */
export const ensureSchema = async (
  { use }: Connections,
  settings: PostgresSettings,
): Promise<void> => {
  const { schema } = settings;
  try {
    await use(async (client) => {
      const version = await readVersion(client, schema);
      checkNotNewer(version, schema);
      if (version < migrations.length) await migrate(client, schema);
    });
  } catch (error) {
    throw toRefusal(error, settings);
  }
};
