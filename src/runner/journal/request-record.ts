import type { CapturedRequest } from "./captured-request";
import { type JournalRecord, toRecord } from "./record-frame";

/** The record kind of a captured request. */
export const REQUEST_KIND = 1;

const LENGTH_BYTES = 4;

/**
 * Payload: length of the description (4 bytes), the description as JSON, then the body to the end.
 * JSON escapes lone surrogates, so every string survives exactly, latin1 header bytes included.
 */
export const toRequestRecord = (request: CapturedRequest): JournalRecord => {
  const { id, receivedAt, flowId, method, url, headers, body } = request;
  const text = JSON.stringify({ id, receivedAt, flowId, method, url, headers });
  const textBytes = Buffer.byteLength(text);
  const head = Buffer.allocUnsafe(LENGTH_BYTES + textBytes);
  head.writeUInt32LE(textBytes, 0);
  head.write(text, LENGTH_BYTES);
  return toRecord(REQUEST_KIND, [head, body]);
};

const isString = (value: unknown): value is string => typeof value === "string";

const isHeader = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every(isString);

const isDescription = (value: unknown): value is Omit<CapturedRequest, "body"> => {
  if (typeof value !== "object" || value === null) return false;
  const { id, receivedAt, flowId, method, url, headers } = value as Record<string, unknown>;
  const areStrings = [id, receivedAt, flowId, method, url].every(isString);
  return areStrings && Array.isArray(headers) && headers.every(isHeader);
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The request in a payload, or nothing when the payload is not one. The body is a copy. */
export const readRequest = (payload: Buffer): CapturedRequest | undefined => {
  if (payload.length < LENGTH_BYTES) return undefined;
  const bodyStart = LENGTH_BYTES + payload.readUInt32LE(0);
  if (bodyStart > payload.length) return undefined;
  const description = readJson(payload.toString("utf8", LENGTH_BYTES, bodyStart));
  if (!isDescription(description)) return undefined;
  const { id, receivedAt, flowId, method, url, headers } = description;
  const body = Buffer.from(payload.subarray(bodyStart));
  return { id, receivedAt, flowId, method, url, headers, body };
};
