import { type ErrorCode, HooklineError, toMessage } from "../../../errors";

const read = (error: unknown, name: "code" | "severity"): string => {
  const value = Object(error)[name] as unknown;
  return typeof value === "string" ? value : "";
};

/** SQLSTATE, or Node's code of a network error. */
export const codeOf = (error: unknown): string => read(error, "code");

/** Whether the connection is as good as before: the server refused the statement, and did not end the session. */
export const isStatementsFault = (error: unknown): boolean =>
  read(error, "severity") !== "" && !/^(08|25P0[34]|57P)/.test(codeOf(error));

const isOneOf =
  (...codes: readonly string[]) =>
  (error: unknown): boolean =>
    codes.includes(codeOf(error));

/** Serialization failure, deadlock: nothing happened. */
export const isRolledBack = isOneOf("40001", "40P01");

/** Table, schema, function: nothing is there, or no longer. */
export const isSchemaMissing = isOneOf("42P01", "3F000", "42883");

const LOST = /^Connection (terminated|ended) unexpectedly|not queryable/;

/** The connection broke while it was in use. Whether the statement was carried out is not known. */
export const isConnectionLost = (error: unknown): boolean =>
  isOneOf("57P01", "57P02", "ECONNRESET", "EPIPE")(error) || LOST.test(toMessage(error));

interface Diagnosis {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly advice: string;
}

/** By code, and by message where there is none or where a proxy has only one. The first that fits. */
const diagnoses: readonly Diagnosis[] = [
  {
    pattern: /^(28|3D000)|SASL|^08P01.*(authentication failed|does not exist|no such)/,
    code: "CONNECTION_INVALID",
    advice: "Check user name, password, database and sslmode in the connection string.",
  },
  {
    pattern: /^ENOTFOUND$/,
    code: "CONNECTION_INVALID",
    advice: "Check the host in the connection string.",
  },
  {
    pattern: /SSL|TLS|CERT|SIGNATURE|SELF_SIGNED/,
    code: "CONNECTION_INVALID",
    advice:
      "Check sslmode in the connection string, and whether the certificate is one that can be verified.",
  },
  {
    pattern: /^25006$/,
    code: "QUEUE_UNAVAILABLE",
    advice: "This is a replica, or a server that is just changing roles. Connect to the primary.",
  },
  {
    pattern: /^HKISO$/,
    code: "QUEUE_UNUSABLE",
    advice:
      "Queues need read committed: ALTER ROLE ... SET default_transaction_isolation = 'read committed'.",
  },
  {
    pattern: /^(22021|22P05)$/,
    code: "INPUT_INVALID",
    advice: "The database cannot keep a character of it. Its encoding must be UTF8.",
  },
  {
    pattern:
      /^(08|25P0[34]|40|53|55P03|57|58|E(AI_AGAIN|[A-Z]+)$)|[Tt]imeout|^Connection|not queryable/,
    code: "QUEUE_UNAVAILABLE",
    advice: "Try again; if it stays so, check whether the server runs and can be reached.",
  },
];

/** The words alone: what else the client hangs on its errors quotes rows and values, message bodies among them. */
export const toCause = (error: unknown): Error =>
  new Error(`${codeOf(error)} ${toMessage(error)}`.trim());

/** What a person should know about a failed call. */
export const toQueueFailure = (error: unknown): HooklineError => {
  if (error instanceof HooklineError) return error;
  const message = toMessage(error);
  const errorCode = codeOf(error);
  const subject = errorCode === "08P01" ? `08P01 ${message}` : errorCode || message;
  const found = diagnoses.find(({ pattern }) => pattern.test(subject));
  const { code, advice } = found ?? {
    code: "QUEUE_UNUSABLE",
    advice: "Check whether something else changed the queue's tables or permissions.",
  };
  const said = message || subject;
  return new HooklineError(code, `PostgreSQL: ${said.replace(/\.?$/, ".")} ${advice}`, {
    retryable: code === "QUEUE_UNAVAILABLE",
    cause: toCause(error),
  });
};
