/**
 * The few messages of PostgreSQL's protocol that are made here instead of by the engine
 * (https://www.postgresql.org/docs/current/protocol-message-formats.html).
 */
const toMessage = (type: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeUInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
};

const toTexts = (...texts: readonly string[]): Buffer =>
  Buffer.from(texts.map((text) => `${text}\0`).join(""));

const toWord = (value: number): Buffer => {
  const word = Buffer.alloc(4);
  word.writeUInt32BE(value);
  return word;
};

export const PROTOCOL_MAJOR = 3;
export const SSL_REQUEST = 80_877_103;
export const ENCRYPTION_REQUEST = 80_877_104;

const AUTHENTICATED = 0;
const CLEARTEXT_PASSWORD = 3;
export const passwordRequest = toMessage("R", toWord(CLEARTEXT_PASSWORD));
/** The answer to a client that wants an encrypted connection. */
export const unencrypted = Buffer.from("N");
export const sync = toMessage("S", Buffer.alloc(0));

export const toQuery = (sql: string): Buffer => toMessage("Q", toTexts(sql));

/** @param code https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const toFatalError = (code: string, text: string): Buffer =>
  toMessage("E", toTexts("SFATAL", "VFATAL", `C${code}`, `M${text}`, ""));

const readyForQuery = toMessage("Z", Buffer.from("I"));

/** Whether an answer ends with ReadyForQuery outside of any transaction. */
export const isAtRest = (answer: Uint8Array): boolean =>
  readyForQuery.equals(answer.subarray(-readyForQuery.length));

/** What the database would say itself of how it is set up, if it were there already. */
const parameters = {
  server_version: "18.6",
  server_encoding: "UTF8",
  client_encoding: "UTF8",
  DateStyle: "ISO, MDY",
  IntervalStyle: "postgres",
  TimeZone: "UTC",
  integer_datetimes: "on",
  standard_conforming_strings: "on",
};

/** The welcome to a client that is let in: it may ask at once, and gets its answers when the database is there. */
export const greeting = Buffer.concat([
  toMessage("R", toWord(AUTHENTICATED)),
  ...Object.entries(parameters).map(([name, value]) => toMessage("S", toTexts(name, value))),
  readyForQuery,
]);
