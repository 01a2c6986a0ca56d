import type { BodyReader } from "./body";
import { decodeText } from "./charset";
import { parseJson } from "./json";

export const readText: BodyReader = (body, type) => ({
  format: "text",
  data: decodeText(body, type?.parameters.get("charset")),
});

export const readBinary: BodyReader = (body) => ({ format: "binary", data: body });

const looksLikeJson = (body: Buffer): boolean =>
  /^(?:\xef\xbb\xbf)?\s*[{[]/.test(body.toString("latin1", 0, 64));

/** JSON where it is JSON, else what the other reader makes of it. */
const preferJson =
  (other: BodyReader): BodyReader =>
  (body, type) => {
    if (!looksLikeJson(body)) return other(body, type);
    try {
      return parseJson(decodeText(body, type?.parameters.get("charset")));
    } catch {
      return other(body, type);
    }
  };

/** Slack and Amazon SNS send JSON as text/plain. */
export const readPlainText = preferJson(readText);

export const readUntyped = preferJson(readBinary);
