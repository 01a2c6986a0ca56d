import type { BodyReader } from "./body";
import { type Decode, toDecoder } from "./charset";
import { addValue, createNamedValues, type NamedValues } from "./named-values";

const maximumFields = 10_000;

const plus = 0x2b;
const space = 0x20;
const percent = 0x25;

/** Below zero for what is no digit. */
const toHexDigit = (byte = 0): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = (byte | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
};

/** Below zero where the `%` encodes nothing and so stands for itself. */
const readEscape = (bytes: Buffer, at: number): number => {
  const high = toHexDigit(bytes[at + 1]);
  const low = toHexDigit(bytes[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
};

const fromPlus = (byte: number): number => (byte === plus ? space : byte);

/** Works in a copy: what is unescaped is never longer. */
const unescapeBytes = (escaped: Buffer): Buffer => {
  const bytes = Buffer.from(escaped);
  let length = 0;
  for (let at = 0; at < escaped.length; length += 1) {
    const byte = escaped[at] ?? 0;
    const unescaped = byte === percent ? readEscape(escaped, at) : -1;
    bytes[length] = unescaped < 0 ? fromPlus(byte) : unescaped;
    at += unescaped < 0 ? 1 : 3;
  }
  return bytes.subarray(0, length);
};

const addField = (fields: NamedValues, pair: Buffer, decode: Decode): void => {
  const separator = pair.indexOf("=");
  const end = separator < 0 ? pair.length : separator;
  const name = decode(unescapeBytes(pair.subarray(0, end)));
  addValue(fields, name, decode(unescapeBytes(pair.subarray(end + 1))));
};

/** https://url.spec.whatwg.org/#urlencoded-parsing, except that a charset is honoured and bytes outside it are refused. */
export const readForm: BodyReader = (body, type) => {
  const decode = toDecoder(type?.parameters.get("charset"));
  const fields = createNamedValues();
  const pairs = body.toString("latin1").split("&", maximumFields + 1);
  if (pairs.length > maximumFields) throw new Error(`has more than ${maximumFields} form fields`);
  for (const pair of pairs) if (pair !== "") addField(fields, Buffer.from(pair, "latin1"), decode);
  return { format: "form", data: fields };
};
