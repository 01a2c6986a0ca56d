import { readPathAll, withPath } from "../../src/http/json-path";
import { type OutboundRequest, toReceived, writeSource } from "../../src/http/outbound-request";
import { readSource, type Source } from "../../src/http/source";
import { basicCarrier } from "../../src/signatures/basic";
import type { Carrier } from "../../src/signatures/carrier";
import { plain } from "../../src/signatures/grammar";
import type { SingleScheme } from "../../src/signatures/scheme";

const declared = (scheme: SingleScheme): readonly Carrier[] => {
  switch (scheme.kind) {
    case "none":
      return [];
    case "basic":
      return [basicCarrier];
    case "jwt":
    case "detached-jws":
    case "shared-token":
      return [scheme.token];
    default:
      return [scheme.signature].flat() as readonly Carrier[];
  }
};

const at = new Date(0);

const jsonOf = ({ body }: OutboundRequest): unknown => {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
};

/** `value.*.token` of a body with two values: `value.0.token` and `value.1.token`. */
const expand = (path: string, json: unknown): readonly string[] => {
  const star = path.split(".").indexOf("*");
  if (star < 0) return [path];
  const keys = path.split(".");
  const list = readPathAll(json, keys.slice(0, star).join("."))[0];
  return Array.from({ length: Array.isArray(list) ? list.length : 0 }, (_, index) =>
    [...keys.slice(0, star), String(index), ...keys.slice(star + 1)].join("."),
  ).flatMap((inner) => expand(inner, json));
};

/** Every place that holds a signature or token in this request: one for each entry of a batch. */
export const carriersOf = (scheme: SingleScheme, request: OutboundRequest): readonly Carrier[] =>
  declared(scheme).flatMap((carrier): readonly Carrier[] => {
    if (!("json" in carrier)) return [carrier];
    const each = "each" in scheme && scheme.each !== undefined ? `${scheme.each}.` : "";
    const paths = expand(each + carrier.json, jsonOf(request));
    return paths.map((json) => ({ ...carrier, json }));
  });

const bare = ({ grammar: _, ...source }: Carrier): Source => source as Source;

export const rawText = (carrier: Carrier, request: OutboundRequest): string | undefined =>
  readSource(bare(carrier), toReceived(request, at))[0];

/** Header names are the sender's business: the one that is there is the one that is replaced. */
const withoutHeader = (headers: OutboundRequest["headers"], name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([given]) => given.toLowerCase() !== name));

export const withRawText = (
  carrier: Carrier,
  text: string,
  request: OutboundRequest,
): OutboundRequest =>
  "header" in carrier
    ? {
        ...request,
        headers: { ...withoutHeader(request.headers, carrier.header), [carrier.header]: text },
      }
    : writeSource(bare(carrier), text, request);

export const withoutCarrier = (carrier: Carrier, request: OutboundRequest): OutboundRequest => {
  if ("header" in carrier)
    return { ...request, headers: withoutHeader(request.headers, carrier.header) };
  if ("query" in carrier) {
    const url = new URL(request.url);
    url.searchParams.delete(carrier.query);
    return { ...request, url: url.href };
  }
  if ("form" in carrier) {
    const form = new URLSearchParams(request.body.toString("utf8"));
    form.delete(carrier.form);
    return { ...request, body: Buffer.from(form.toString()) };
  }
  const json = withPath(jsonOf(request), carrier.json, undefined);
  return { ...request, body: Buffer.from(JSON.stringify(json)) };
};

export const valuesIn = (carrier: Carrier, request: OutboundRequest): readonly string[] => {
  const text = rawText(carrier, request);
  return text === undefined ? [] : (carrier.grammar ?? plain).read(text);
};

/** A copy of the request in which every value that the carriers hold is another. */
export const mapValues = (
  carriers: readonly Carrier[],
  request: OutboundRequest,
  change: (value: string) => string,
): OutboundRequest =>
  carriers.reduce((changed, carrier) => {
    const text = rawText(carrier, changed);
    if (text === undefined) return changed;
    const replaced = valuesIn(carrier, changed).reduce(
      (all, value) => all.replace(value, () => change(value)),
      text,
    );
    return withRawText(carrier, replaced, changed);
  }, request);
