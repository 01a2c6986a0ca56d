import { createHash } from "node:crypto";
import { readFormBody } from "../http/form-body";
import type { InboundRequest } from "../http/inbound-request";
import { readJsonBody } from "../http/json-body";
import { readPath, toText } from "../http/json-path";
import type { Encoding } from "./encoding";

/** A piece of signed content. Bytes stay bytes; strings are UTF-8. */
export type Part = string | Uint8Array;

/** What a provider may sign over. A value that the request lacks is `undefined`. */
export interface Signed {
  readonly body: Part;
  /** Exactly as sent, because that is what was signed. */
  readonly timestamp: string;
  readonly method: string;
  readonly url: string;
  /** Path with query, from the URL as it was given. */
  readonly path: string;
  /** Form fields as name + value, sorted by name, repeated values sorted and listed once. */
  readonly sortedForm: string;
  /** For keyed plain hashes only; empty for every other kind. */
  readonly secret: string;
  readonly header: (name: string) => string | undefined;
  readonly query: (name: string) => string | undefined;
  readonly form: (name: string) => string | undefined;
  readonly json: (path: string) => string | undefined;
  /** A non-secret setting that the builder gave. */
  readonly option: (name: string) => string | undefined;
  readonly bodyDigest: (hash: string, encoding: Encoding) => string;
  /** A named transformation of the body, so that a description can name it. */
  readonly bodyAs: (name: string, transform: (body: Buffer) => Part) => Part;
  /** A named transformation of the URL, likewise. */
  readonly urlAs: (name: string, transform: (url: string) => string) => string;
}

/** The pieces that were signed, in order. A piece that is `undefined` makes the delivery unverifiable: something that must be there is not. */
export type SignedContent = (signed: Signed) => readonly (Part | undefined)[];

export interface ContentContext {
  readonly timestamp: string;
  readonly options: Readonly<Record<string, string>>;
  readonly secret?: string;
  /** The entry of a batch that is being verified. */
  readonly item?: unknown;
}

const sortedForm = (request: InboundRequest): string => {
  const form = readFormBody(request);
  const names = [...new Set(form.keys())].sort();
  return names
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
    .join("");
};

const pathOf = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/";

/** A class for its prototype: accessors in an object literal would cost every delivery as much as half its MAC. */
class RequestPieces implements Signed {
  readonly body: Part;
  readonly timestamp: string;
  readonly method: string;
  readonly url: string;
  readonly secret: string;
  readonly header: Signed["header"];
  readonly query: Signed["query"];
  readonly form: Signed["form"];
  readonly json: Signed["json"];
  readonly option: Signed["option"];
  readonly bodyDigest: Signed["bodyDigest"];
  readonly bodyAs: Signed["bodyAs"];
  readonly urlAs: Signed["urlAs"];
  readonly #request: InboundRequest;

  constructor(request: InboundRequest, { timestamp, options, secret = "", item }: ContentContext) {
    this.#request = request;
    this.body = request.body;
    this.timestamp = timestamp;
    this.method = request.method;
    this.url = request.url;
    this.secret = secret;
    this.header = (name) => request.headers.get(name);
    this.query = (name) => request.query.get(name);
    this.form = (name) => readFormBody(request).get(name) ?? undefined;
    this.json = (path) => toText(readPath(item ?? readJsonBody(request), path));
    this.option = (name) => options[name];
    this.bodyDigest = (hash, encoding) => createHash(hash).update(request.body).digest(encoding);
    this.bodyAs = (_name, transform) => transform(request.body);
    this.urlAs = (_name, transform) => transform(request.url);
  }

  get path() {
    return pathOf(this.url);
  }

  get sortedForm() {
    return sortedForm(this.#request);
  }
}

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
