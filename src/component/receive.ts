import type { TriggerPayload } from "@prismatic-io/spectral";
import type { InboundRequest } from "../http/inbound-request";

interface Bytes {
  readonly body: Buffer;
  readonly isExact: boolean;
}

const isSerialisedBuffer = (data: object): data is { readonly data: readonly number[] } =>
  "type" in data && data.type === "Buffer" && "data" in data && Array.isArray(data.data);

const exact = (body: Buffer): Bytes => ({ body, isExact: true });

/** Prismatic hands over a Buffer today; text, a serialised Buffer and parsed JSON have been seen too. */
const toBytes = (data: unknown): Bytes => {
  if (data === undefined || data === null) return exact(Buffer.alloc(0));
  if (Buffer.isBuffer(data)) return exact(data);
  if (typeof data === "string") return exact(Buffer.from(data, "utf8"));
  if (ArrayBuffer.isView(data))
    return exact(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  if (data instanceof ArrayBuffer) return exact(Buffer.from(data));
  if (typeof data === "object" && isSerialisedBuffer(data)) return exact(Buffer.from(data.data));
  return { body: Buffer.from(JSON.stringify(data) ?? ""), isExact: false };
};

/** The platform keeps the sender's spelling of names, so two spellings of one name are a repeated header. */
const toHeaders = (headers: LooseRequest["headers"]) => {
  const joined = new Map<string, string>();
  for (const [name, value] of Object.entries(headers ?? {})) {
    const key = name.toLowerCase();
    const before = joined.get(key);
    joined.set(key, before === undefined ? String(value) : `${before}, ${value}`);
  }
  return joined;
};

const toQuery = (parameters: LooseRequest["query"]) =>
  new Map(Object.entries(parameters ?? {}).map(([name, value]) => [name, String(value)]));

const withFragment = (invokeUrl: string, fragment: string): string =>
  fragment === "" ? invokeUrl : `${invokeUrl.replace(/\/$/, "")}/${fragment.replace(/^\//, "")}`;

/** Appends the parameters that the URL does not hold yet: a URL that the builder gave is kept to the letter. */
const withQuery = (url: string, query: ReadonlyMap<string, string>): string => {
  if (query.size === 0) return url;
  const known = new URLSearchParams(url.split("?").slice(1).join("?"));
  const added = [...query]
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  if (added.length === 0) return url;
  return `${url}${url.includes("?") ? "&" : "?"}${added.join("&")}`;
};

/** A request in whatever shapes a host hands its pieces over. */
export interface LooseRequest {
  readonly headers: Readonly<Record<string, unknown>> | null | undefined;
  readonly query: Readonly<Record<string, unknown>> | null | undefined;
  readonly body: unknown;
  /** As the provider was given it; the query's other parameters are appended. */
  readonly url: string;
}

export const toRequest = ({ headers, query, body: data, url }: LooseRequest): InboundRequest => {
  const { body, isExact } = toBytes(data);
  const parameters = toQuery(query);
  return {
    method: body.length > 0 ? "POST" : "GET",
    url: withQuery(url, parameters),
    headers: toHeaders(headers),
    query: parameters,
    body,
    bodyIsExact: isExact,
    receivedAt: new Date(),
  };
};

/** What the platform hands to a trigger. `endpointUrl` is what the provider was given, where that is not the invoke URL. */
export const toInboundRequest = (
  { headers, queryParameters, rawBody, body, invokeUrl, pathFragment }: TriggerPayload,
  endpointUrl = "",
): InboundRequest =>
  toRequest({
    headers,
    query: queryParameters,
    body: rawBody?.data ?? body?.data,
    url: endpointUrl || withFragment(invokeUrl ?? "", pathFragment ?? ""),
  });
