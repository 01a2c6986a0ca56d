import { readFormBody } from "./form-body";
import type { InboundRequest } from "./inbound-request";
import { readJsonBody } from "./json-body";
import { readPathAll, toText } from "./json-path";

/** Where in a request a value sits. Header names are lower case; JSON paths are dotted, `*` for each item of an array. */
export type Source =
  | { readonly header: string }
  | { readonly query: string }
  | { readonly form: string }
  | { readonly json: string };

/** Every value at the source, as text. Only a JSON path can hold more than one. */
export const readSource = (source: Source, request: InboundRequest): readonly string[] => {
  if ("json" in source)
    return readPathAll(readJsonBody(request), source.json).flatMap((value) => toText(value) ?? []);
  const value = readSingle(source, request);
  return value === undefined ? [] : [value];
};

const readSingle = (
  source: Exclude<Source, { readonly json: string }>,
  request: InboundRequest,
): string | undefined => {
  if ("header" in source) return request.headers.get(source.header);
  if ("query" in source) return request.query.get(source.query);
  return readFormBody(request).get(source.form) ?? undefined;
};

/** Names a source for people: `header x-signature`. */
export const describeSource = (source: Source): string => {
  if ("header" in source) return `header ${source.header}`;
  if ("query" in source) return `query parameter ${source.query}`;
  if ("form" in source) return `form field ${source.form}`;
  return `JSON field ${source.json}`;
};
