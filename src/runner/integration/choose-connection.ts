import { isJsonObject } from "../../http/json-object";
import type {
  ComponentDescription,
  ConnectionDescription,
  InputDescription,
} from "../isolation/component-description";
import type { OfferedConnection } from "./offered-connection";

const isUnset = (value: unknown): boolean => value === undefined || value === null || value === "";

const hasAll = ({ inputs }: ConnectionDescription, fields: readonly string[]): boolean =>
  fields.every((field) => inputs.some(({ key }) => key === field));

const lacksNothing = ({ inputs }: ConnectionDescription, fields: readonly string[]): boolean =>
  inputs.every((input) => !input.required || !isUnset(input.default) || fields.includes(input.key));

/** Of the kinds that have all the fields: first those that need no more, then those with the fewest others. */
const findFitting = (
  connections: readonly ConnectionDescription[],
  fields: readonly string[],
): ConnectionDescription | undefined => {
  const fitting = connections.filter((connection) => hasAll(connection, fields));
  const complete = fitting.filter((connection) => lacksNothing(connection, fields));
  const candidates = complete.length > 0 ? complete : fitting;
  return candidates.toSorted((one, other) => one.inputs.length - other.inputs.length)[0];
};

/**
 * A bundle does not say which kind of connection an input takes: it is the one called like the input, the one that the
 * given fields are of, or, where no field is given, the one that the runner offers. Undefined where nothing tells.
 */
export const chooseConnection = (
  { connections }: ComponentDescription,
  input: InputDescription,
  given: unknown,
  offered?: OfferedConnection,
): ConnectionDescription | undefined => {
  const named = connections.find(({ key }) => key === input.key);
  const fields = isJsonObject(given) ? Object.keys(given) : [];
  if (named || fields.length > 0) return named ?? findFitting(connections, fields);
  return input.key === offered?.input
    ? connections.find(({ key }) => key === offered.kind)
    : undefined;
};

const describeKind = ({ key, inputs }: ConnectionDescription): string =>
  `${key} (${inputs.map((input) => input.key).join(", ")})`;

/** Why no kind of connection could be chosen, and what to do. `source` is the configuration file. */
export const describeUnchosen = (
  variable: string,
  kinds: readonly ConnectionDescription[],
  fields: readonly string[],
  source: string,
): string =>
  fields.length > 0
    ? `No kind of connection has all the fields that ${source} gives under "${variable}" (${fields.join(", ")}). There are ${kinds.map(describeKind).join("; ")}.`
    : `It needs a connection, of one of the kinds ${kinds.map(({ key }) => key).join(", ")}: its trigger's documentation says which. Add the fields to ${source}, under "${variable}".`;
