import { withPath } from "./json-path";
import type { Source } from "./source";

/** A request that is being put together: what a provider, or `sign` in its place, sends. */
export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const withQuery = (url: string, name: string, value: string): string => {
  const target = new URL(url);
  target.searchParams.set(name, value);
  return target.href;
};

const withFormField = (body: Buffer, name: string, value: string): Buffer => {
  const form = new URLSearchParams(body.toString("utf8"));
  form.set(name, value);
  return Buffer.from(form.toString());
};

/** A copy of the request in which the source holds the value: the opposite of `readSource`. */
export const writeSource = (
  source: Source,
  value: string,
  request: OutboundRequest,
): OutboundRequest => {
  if ("header" in source)
    return { ...request, headers: { ...request.headers, [source.header]: value } };
  if ("query" in source) return { ...request, url: withQuery(request.url, source.query, value) };
  if ("form" in source)
    return { ...request, body: withFormField(request.body, source.form, value) };
  const json = withPath(JSON.parse(request.body.toString("utf8")), source.json, value);
  return { ...request, body: Buffer.from(JSON.stringify(json)) };
};

/** The request as its receiver sees it. */
export const toReceived = ({ method, url, headers, body }: OutboundRequest, receivedAt: Date) => ({
  method,
  url,
  headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  query: new Map(new URL(url).searchParams),
  body,
  bodyIsExact: true,
  receivedAt,
});
