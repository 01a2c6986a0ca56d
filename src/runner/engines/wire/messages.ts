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

const toTexts = (texts: readonly string[]): Buffer =>
  Buffer.from(texts.map((text) => `${text}\0`).join(""));

const toWord = (value: number): Buffer => {
  const word = Buffer.alloc(4);
  word.writeUInt32BE(value);
  return word;
};

export const PROTOCOL_3 = 3 << 16;
export const SSL_REQUEST = 80_877_103;
export const ENCRYPTION_REQUEST = 80_877_104;

const CLEARTEXT_PASSWORD = 3;
export const passwordRequest = toMessage("R", toWord(CLEARTEXT_PASSWORD));
/** The answer to a client that wants an encrypted connection. */
export const unencrypted = Buffer.from("N");
export const sync = toMessage("S", Buffer.alloc(0));

export const toQuery = (sql: string): Buffer => toMessage("Q", toTexts([sql]));

/** What a client says first. */
export const toStartup = (user: string, database: string): Buffer => {
  const content = Buffer.concat([
    toWord(PROTOCOL_3),
    toTexts(["user", user, "database", database, ""]),
  ]);
  return Buffer.concat([toWord(content.length + 4), content]);
};

/** @param code https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const toFatalError = (code: string, text: string): Buffer =>
  toMessage("E", toTexts(["SFATAL", "VFATAL", `C${code}`, `M${text}`, ""]));

const AT_REST = Buffer.from("5a0000000549", "hex");

/** Whether an answer ends with ReadyForQuery outside of any transaction. */
export const isAtRest = (answer: Uint8Array): boolean =>
  AT_REST.equals(answer.subarray(-AT_REST.length));
