import { createHash } from "node:crypto";
import { readFormBody } from "../http/form-body";
import type { InboundRequest } from "../http/inbound-request";
import { readJsonBody } from "../http/json-body";
import { readPath, toText } from "../http/json-path";
import type { Signed } from "./signed";

export interface ContentContext {
  readonly timestamp: string;
  readonly options: Readonly<Record<string, string>>;
  readonly secret?: string;
  /** The entry of a batch that is being verified. */
  readonly item?: unknown;
}

/** Far more than any provider sends. What it costs to sort fields must be bounded, as anybody can have it done. */
const MAXIMUM_FIELDS = 10_000;

/** One pass over the fields: asking the form for the values of each name would take minutes for a body of many names. */
const groupFields = (request: InboundRequest): ReadonlyMap<string, ReadonlySet<string>> => {
  const fields = new Map<string, Set<string>>();
  for (const [name, value] of readFormBody(request)) {
    const values = fields.get(name);
    if (values) values.add(value);
    else fields.set(name, new Set([value]));
  }
  return fields;
};

const sortedForm = (request: InboundRequest): string | undefined => {
  if (readFormBody(request).size > MAXIMUM_FIELDS) return undefined;
  const fields = groupFields(request);
  return [...fields.keys()]
    .sort()
    .flatMap((name) => [...(fields.get(name) ?? [])].sort().map((value) => name + value))
    .join("");
};

const pathOf = (url: string): string => url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/";

/** A class for its prototype: most schemes use two or three of these pieces, and making the others would cost as much as half a MAC. */
export class RequestPieces implements Signed {
  readonly #request: InboundRequest;
  readonly #context: ContentContext;

  constructor(request: InboundRequest, context: ContentContext) {
    this.#request = request;
    this.#context = context;
  }

  get body() {
    return this.#request.body;
  }

  get timestamp() {
    return this.#context.timestamp;
  }

  get method() {
    return this.#request.method;
  }

  get url() {
    return this.#request.url;
  }

  get path() {
    return pathOf(this.#request.url);
  }

  get sortedForm() {
    return sortedForm(this.#request);
  }

  get secret() {
    return this.#context.secret ?? "";
  }

  get header(): Signed["header"] {
    return (name) => this.#request.headers.get(name);
  }

  get query(): Signed["query"] {
    return (name) => this.#request.query.get(name);
  }

  get form(): Signed["form"] {
    return (name) => readFormBody(this.#request).get(name) ?? undefined;
  }

  get json(): Signed["json"] {
    const source = this.#context.item ?? readJsonBody(this.#request);
    return (path) => toText(readPath(source, path));
  }

  get option(): Signed["option"] {
    return (name) => this.#context.options[name];
  }

  get bodyDigest(): Signed["bodyDigest"] {
    return (hash, encoding) => createHash(hash).update(this.#request.body).digest(encoding);
  }

  get bodyAs(): Signed["bodyAs"] {
    return (_name, transform) => transform(this.#request.body);
  }

  get urlAs(): Signed["urlAs"] {
    return (_name, transform) => transform(this.#request.url);
  }
}
