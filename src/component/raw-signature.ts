import { HooklineError } from "../errors";
import { parseTemplate, type TemplatePiece } from "../http/template";
import { basic } from "../signatures/basic";
import type { Carrier } from "../signatures/carrier";
import type { Encoding } from "../signatures/encoding";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import type { HmacScheme, SignedTimestamp, SingleScheme } from "../signatures/scheme";
import { base64Key, hexKey } from "../signatures/secret-keys";
import { sharedToken } from "../signatures/shared-token";
import type { Part, Signed } from "../signatures/signed";
import type { SignedContent } from "../signatures/signed-content";

/** The inputs of a signature that is described by hand. */
export interface RawSignature {
  readonly signature: "none" | "hmac" | "token" | "basic";
  readonly algorithm: HmacScheme["hash"];
  readonly encoding: Encoding;
  readonly signatureHeader: string;
  readonly signaturePrefix: string;
  readonly signedContent: string;
  readonly timestampHeader: string;
  readonly timestampUnit: SignedTimestamp["unit"];
  readonly secretEncoding: "utf8" | "base64" | "hex";
}

const PLACEHOLDERS = ["body", "timestamp", "url", "method", "header:", "query:"] as const;
const QUERY = "query:";

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

const toCarrier = ({ signatureHeader, signaturePrefix }: RawSignature): Carrier => {
  if (signatureHeader === "")
    throw invalid("Signature Header: name the header that carries the signature.");
  const source = signatureHeader.startsWith(QUERY)
    ? { query: signatureHeader.slice(QUERY.length) }
    : { header: signatureHeader.toLowerCase() };
  return signaturePrefix === "" ? source : { ...source, grammar: prefixed(signaturePrefix) };
};

const toPart = (piece: TemplatePiece, signed: Signed): Part | undefined => {
  if ("literal" in piece) return piece.literal;
  if (piece.name === "header") return signed.header(piece.argument.toLowerCase());
  if (piece.name === "query") return signed.query(piece.argument);
  return signed[piece.name as "body" | "timestamp" | "url" | "method"];
};

/** A time that is not signed could be changed by anyone, and a signed time that is not read protects from nothing. */
const toContent = ({ signedContent, timestampHeader }: RawSignature): SignedContent => {
  const template = signedContent || "{body}";
  const pieces = parseTemplate(template, "Signed Content", PLACEHOLDERS);
  if (template.includes("{timestamp}") && timestampHeader === "")
    throw invalid(
      "Timestamp Header: name the header that holds the {timestamp} of Signed Content.",
    );
  if (!template.includes("{timestamp}") && timestampHeader !== "")
    throw invalid(
      "Signed Content: it must hold {timestamp}, or the time in Timestamp Header could be changed by anyone. Clear Timestamp Header if the time is not signed.",
    );
  return (signed) => pieces.map((piece) => toPart(piece, signed));
};

const keys = { utf8: undefined, base64: base64Key(), hex: hexKey } as const;

const toHmac = (raw: RawSignature): HmacScheme => {
  const key = keys[raw.secretEncoding];
  return hmac({
    hash: raw.algorithm,
    encoding: raw.encoding,
    signature: toCarrier(raw),
    content: toContent(raw),
    ...(raw.timestampHeader !== "" && {
      timestamp: { header: raw.timestampHeader.toLowerCase(), unit: raw.timestampUnit },
    }),
    ...(key && { key }),
  });
};

/** The scheme that the inputs describe. Throws INPUT_INVALID, naming the input, where they do not fit together. */
export const toRawScheme = (raw: RawSignature): SingleScheme => {
  if (raw.signature === "hmac") return toHmac(raw);
  if (raw.signature === "token") return sharedToken(toCarrier(raw));
  return raw.signature === "basic" ? basic : { kind: "none" };
};
