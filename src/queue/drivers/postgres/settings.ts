import { type Fields, invalidField } from "../../../connections/connection";
import type { HooklineError } from "../../../errors";
import { postgresQueue } from "./connection";

export interface PostgresSettings {
  readonly connectionString: string;
  readonly database: string;
  /** A plain identifier. */
  readonly schema: string;
}

const invalid = (field: string, advice: string): HooklineError =>
  invalidField(postgresQueue, field, advice);

/** Whatever is wrong with it, it holds a password: nothing of it is told. */
const readAddress = (connectionString: string): URL => {
  try {
    const url = new URL(connectionString);
    decodeURIComponent(`${url.username}${url.password}${url.pathname}`);
    if (/^postgres(ql)?:$/.test(url.protocol)) return url;
  } catch {
    // Told below, without the cause, which quotes the text.
  }
  throw invalid(
    "connectionString",
    "it is not the address of a PostgreSQL database. Enter postgres://user:password@host:5432/database, with special characters of the password percent-encoded.",
  );
};

const readSchema = (schema: string): string => {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema) && !/^pg_/i.test(schema)) return schema;
  throw invalid(
    "schema",
    "use 1 to 63 letters, digits and underscores, beginning with neither a digit nor pg_.",
  );
};

/** @throws HooklineError CONNECTION_INVALID */
export const readSettings = (fields: Fields): PostgresSettings => {
  const connectionString = fields.connectionString?.trim() ?? "";
  if (connectionString === "") throw invalid("connectionString", "it is empty.");
  const { pathname, username } = readAddress(connectionString);
  return {
    connectionString,
    database: decodeURIComponent(pathname.slice(1) || username),
    schema: readSchema(fields.schema?.trim() || (postgresQueue.fields.schema?.default ?? "")),
  };
};
