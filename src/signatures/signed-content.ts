import type { InboundRequest } from "../http/inbound-request";
import { type ContentContext, RequestPieces } from "./request-pieces";
import type { Part, Signed } from "./signed";
import { type Rejected, rejected } from "./verdict";

/** The pieces that were signed, in order. A piece that is `undefined` makes the delivery unverifiable: something that must be there is not. */
export type SignedContent = (signed: Signed) => readonly (Part | undefined)[];

const placeholders: Signed = {
  body: "{body}",
  timestamp: "{timestamp}",
  method: "{method}",
  url: "{url}",
  path: "{path}",
  sortedForm: "{sorted form fields}",
  secret: "{secret}",
  header: (name) => `{header:${name}}`,
  query: (name) => `{query:${name}}`,
  form: (name) => `{form:${name}}`,
  json: (path) => `{json:${path}}`,
  option: (name) => `{option:${name}}`,
  bodyDigest: (hash, encoding) => `{${hash} of body, ${encoding}}`,
  bodyAs: (name) => `{body, ${name}}`,
  urlAs: (name) => `{url, ${name}}`,
};

/** Says what is signed, for people: `v0:{timestamp}:{body}`. */
export const describeSignedContent = (content: SignedContent): string =>
  content(placeholders).join("");

export const toBytes = (parts: readonly Part[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));

export type ContentReading =
  | { readonly parts: readonly Part[] }
  /** The name of the piece that the request lacks. */
  | { readonly missing: string };

/** Why a delivery without that piece cannot be verified. */
export const lacks = (missing: string): Rejected =>
  rejected("signature-missing", `The signed content needs ${missing}, which is not there.`);

export const readSignedContent = (
  content: SignedContent,
  request: InboundRequest,
  context: ContentContext,
): ContentReading => {
  const parts = content(new RequestPieces(request, context));
  const gap = parts.indexOf(undefined);
  if (gap < 0) return { parts: parts as readonly Part[] };
  return { missing: String(content(placeholders)[gap]) };
};
