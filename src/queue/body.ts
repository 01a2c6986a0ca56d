import { HooklineError, toMessage } from "../errors";

/** Bytes with their type, as Prismatic hands them from step to step. */
export interface Binary {
  readonly data: Buffer;
  readonly contentType: string;
}

/** No JSON text begins like this, so a stored body is either. */
const DATA_URL = /^data:([^,]*);base64,/;

const isBinary = (value: unknown): value is Binary =>
  typeof value === "object" && value !== null && "data" in value && Buffer.isBuffer(value.data);

const toDataUrl = (data: Buffer, contentType: unknown): string =>
  `data:${typeof contentType === "string" ? contentType.replaceAll(",", " ") : "application/octet-stream"};base64,${data.toString("base64")}`;

const toJson = (value: unknown): string => {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return text;
  } catch (error) {
    throw new HooklineError("INPUT_INVALID", `Body: it cannot be kept, ${toMessage(error)}`);
  }
  throw new HooklineError("INPUT_INVALID", "Body: enter or reference what the message holds.");
};

/** Any value of a step as text without NUL: JSON, or a data URL for bytes. @throws HooklineError INPUT_INVALID */
export const toStoredBody = (value: unknown): string => {
  if (Buffer.isBuffer(value)) return toDataUrl(value, undefined);
  return isBinary(value) ? toDataUrl(value.data, value.contentType) : toJson(value);
};

/** What `toStoredBody` was given. A text that another program put into the queue comes out as it is. */
export const readStoredBody = (stored: string): unknown => {
  const [prefix, contentType] = DATA_URL.exec(stored) ?? [];
  if (prefix !== undefined && contentType !== undefined) {
    const data = Buffer.from(stored.slice(prefix.length), "base64");
    return { data, contentType } satisfies Binary;
  }
  try {
    return JSON.parse(stored) as unknown;
  } catch {
    return stored;
  }
};
