import type { InboundRequest } from "../http/inbound-request";
import { readPath, toText } from "../http/json-path";

/** Where one property of an event comes from: a path into the event, a header, a path from the top of the body, several values joined, or the first that is there. */
export type Field =
  | string
  | { readonly header: string }
  | { readonly query: string }
  | { readonly top: string }
  | { readonly joined: readonly Field[]; readonly separator?: string }
  | { readonly first: readonly Field[] };

export interface FieldContext {
  readonly request: InboundRequest;
  /** The whole body. */
  readonly data: unknown;
  /** The event inside it. */
  readonly item: unknown;
}

type Combine = (values: readonly (string | undefined)[], separator: string) => string | undefined;

/** Joins what is there, as long as the first value is. */
const joinPresent: Combine = (values, separator) =>
  values[0] === undefined
    ? undefined
    : values.filter((value) => value !== undefined).join(separator);

/** Joins only when everything is there: half an id is not an id. */
const joinComplete: Combine = (values, separator) =>
  values.includes(undefined) ? undefined : values.join(separator);

const readWith = (field: Field, context: FieldContext, combine: Combine): string | undefined => {
  if (typeof field === "string") return toText(readPath(context.item, field));
  if ("header" in field) return context.request.headers.get(field.header);
  if ("query" in field) return context.request.query.get(field.query);
  if ("top" in field) return toText(readPath(context.data, field.top));
  const read = (inner: Field) => readWith(inner, context, combine) || undefined;
  if ("joined" in field) return combine(field.joined.map(read), field.separator ?? ".");
  return field.first.map(read).find((value) => value !== undefined);
};

export const readField = (field: Field, context: FieldContext): string | undefined =>
  readWith(field, context, joinPresent) || undefined;

export const readWholeField = (field: Field, context: FieldContext): string | undefined =>
  readWith(field, context, joinComplete) || undefined;

export const describeField = (field: Field | undefined): string => {
  if (field === undefined) return "none";
  if (typeof field === "string") return field;
  if ("header" in field) return `header ${field.header}`;
  if ("query" in field) return `query ${field.query}`;
  if ("top" in field) return field.top;
  if ("joined" in field) return field.joined.map(describeField).join(` ${field.separator ?? "."} `);
  return field.first.map(describeField).join(", else ");
};
