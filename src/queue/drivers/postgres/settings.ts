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

const sslModes = ["disable", "no-verify", "prefer", "require", "verify-ca", "verify-full"];

/** A password with characters that end it early leaves part of itself where the rest of the address should be. */
const isWhole = ({ protocol, hash, pathname, search }: URL): boolean =>
  /^postgres(ql)?:$/.test(protocol) &&
  hash === "" &&
  /^(\/[^/@]*)?$/.test(pathname) &&
  !search.includes("@");

/** Whatever is wrong with it, it holds a password: nothing of it is told. */
const readAddress = (connectionString: string): URL => {
  try {
    const url = new URL(connectionString);
    decodeURIComponent(`${url.username}${url.password}${url.pathname}`);
    if (isWhole(url)) return url;
  } catch {
    // Told below, without the cause, which quotes the text.
  }
  throw invalid(
    "connectionString",
    "it is not the address of a PostgreSQL database. Enter postgres://user:password@host:5432/database, with special characters of the password percent-encoded.",
  );
};

/** A misspelt one would be passed over without a word, and with it the encryption. */
const checkEncryption = ({ searchParams }: URL): void => {
  const mode = searchParams.get("sslmode");
  const isKnown = mode === null || sslModes.includes(mode);
  const looksAlike = [...searchParams.keys()].some(
    (name) =>
      /^ssl/i.test(name) && !/^ssl(mode|cert|key|rootcert|password|negotiation)?$/.test(name),
  );
  if (!isKnown || looksAlike)
    throw invalid("connectionString", `write sslmode as one of ${sslModes.join(", ")}.`);
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
  const address = readAddress(connectionString);
  checkEncryption(address);
  const { pathname, username } = address;
  return {
    connectionString,
    database: decodeURIComponent(pathname.slice(1) || username),
    schema: readSchema(fields.schema?.trim() || (postgresQueue.fields.schema?.default ?? "")),
  };
};
