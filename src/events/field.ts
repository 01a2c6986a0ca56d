import type { InboundRequest } from "../http/inbound-request";
import { readPath, toText } from "../http/json-path";

/**
 * Where one property of an event comes from: a path into the event, a header, a path from the top of the body, several values
 * joined, the first that is there, the name of a member (the first of an object's that is not one of `beside`), or always the same.
 */
export type Field =
  | string
  | { readonly header: string }
  | { readonly query: string }
  | { readonly top: string }
  | { readonly joined: readonly Field[]; readonly separator?: string }
  | { readonly first: readonly Field[] }
  | { readonly memberOf: string; readonly beside: readonly string[] }
  | { readonly always: string };

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

const readMemberName = (value: unknown, beside: readonly string[]): string | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.keys(value).find((name) => !beside.includes(name))
    : undefined;

type Plain = Exclude<Field, { readonly joined: unknown } | { readonly first: unknown }>;

const readPlain = (field: Plain, { request, data, item }: FieldContext): string | undefined => {
  if (typeof field === "string") return toText(readPath(item, field));
  if ("header" in field) return request.headers.get(field.header);
  if ("query" in field) return request.query.get(field.query);
  if ("top" in field) return toText(readPath(data, field.top));
  if ("always" in field) return field.always;
  return readMemberName(readPath(item, field.memberOf), field.beside);
};

const readWith = (field: Field, context: FieldContext, combine: Combine): string | undefined => {
  const read = (inner: Field) => readWith(inner, context, combine) || undefined;
  if (typeof field !== "string" && "joined" in field)
    return combine(field.joined.map(read), field.separator ?? ".");
  if (typeof field !== "string" && "first" in field)
    return field.first.map(read).find((value) => value !== undefined);
  return readPlain(field, context);
};

export const readField = (field: Field, context: FieldContext): string | undefined =>
  readWith(field, context, joinPresent) || undefined;

export const readWholeField = (field: Field, context: FieldContext): string | undefined =>
  readWith(field, context, joinComplete) || undefined;

const describePlain = (field: Plain): string => {
  if (typeof field === "string") return field === "" ? "the event itself" : field;
  if ("header" in field) return `header ${field.header}`;
  if ("query" in field) return `query ${field.query}`;
  if ("top" in field) return field.top;
  if ("always" in field) return `always ${field.always}`;
  const where = field.memberOf === "" ? "" : ` in ${field.memberOf}`;
  return `the name beside ${field.beside.join(", ")}${where}`;
};

/** In words; joined values as a template, `{repository.id}:{issue.number, else ref}`. */
export const describeField = (field: Field | undefined): string => {
  if (field === undefined) return "none";
  if (typeof field !== "string" && "joined" in field)
    return field.joined.map((part) => `{${describeField(part)}}`).join(field.separator ?? ".");
  if (typeof field !== "string" && "first" in field)
    return field.first.map(describeField).join(", else ");
  return describePlain(field);
};
