import { HooklineError } from "../../errors";
import type {
  ComponentDescription,
  ConnectionDescription,
} from "../isolation/component-description";
import { describeUnchosen } from "./choose-connection";
import type { ConfigVariable } from "./config-variable";
import { evaluate, toStoredText } from "./expression";
import type { OfferedConnection } from "./offered-connection";

/** A connection as a trigger's inputs receive it. */
export interface ConnectionValue {
  readonly key: string;
  readonly configVarKey: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** OAuth 2.0 tokens, where the configuration gives them and the connection has no field of that name. */
  readonly token?: unknown;
}

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

const invalid = (message: string): HooklineError =>
  new HooklineError("CONFIGURATION_INVALID", message);

const findConnection = (
  variable: ConfigVariable,
  components: readonly ComponentDescription[],
): ConnectionDescription | undefined => {
  const component = components.find(({ key }) => key === variable.connection?.component);
  const connection = component?.connections.find(({ key }) => key === variable.connection?.key);
  if (component && !connection) {
    throw new HooklineError(
      "INTEGRATION_INVALID",
      `Config variable "${variable.key}" names connection "${variable.connection?.key}", which component "${component.key}" does not have. It has: ${component.connections.map(({ key }) => key).join(", ")}.`,
    );
  }
  return connection;
};

const readGiven = (variable: ConfigVariable, given: unknown): Record<string, unknown> => {
  if (given === undefined || given === null) return {};
  if (typeof given === "object" && !Array.isArray(given)) return given as Record<string, unknown>;
  throw invalid(
    `Config variable "${variable.key}" is a connection. Give its fields as a map, such as "secret: …".`,
  );
};

const ensureKnown = (
  variable: ConfigVariable,
  names: readonly string[],
  connection: ConnectionDescription | undefined,
): void => {
  const known = connection?.inputs.map(({ key }) => key);
  const unknown = names.find((name) => known && !known.includes(name));
  if (unknown === undefined) return;
  throw invalid(
    `Connection "${variable.key}" has no field "${unknown}". It has: ${known?.join(", ")}.`,
  );
};

const hasField = (connection: ConnectionDescription | undefined, name: string): boolean =>
  connection?.inputs.some(({ key }) => key === name) ?? false;

/** Takes OAuth tokens apart from the fields. A field called "token" is a field like any other. */
const splitToken = (
  given: Readonly<Record<string, unknown>>,
  connection: ConnectionDescription | undefined,
): { readonly token?: unknown; readonly fields: Readonly<Record<string, unknown>> } => {
  if (hasField(connection, "token")) return { fields: given };
  const { token, ...fields } = given;
  return { token, fields };
};

const fillBlanks = (
  kind: string | undefined,
  fields: Readonly<Record<string, unknown>>,
  offered: OfferedConnection | undefined,
): Readonly<Record<string, unknown>> => {
  if (kind === undefined || kind !== offered?.kind) return fields;
  const blanks = Object.entries(offered.fields).filter(([key]) => isBlank(fields[key]));
  return { ...fields, ...Object.fromEntries(blanks) };
};

/**
 * What a connection config variable resolves to: defaults, then the definition's values, then the configuration's; and
 * what the runner offers, where all of these leave a field blank.
 */
export const toConnectionValue = (
  variable: ConfigVariable,
  given: unknown,
  components: readonly ComponentDescription[],
  offered?: OfferedConnection,
): ConnectionValue => {
  const connection = findConnection(variable, components);
  const { token, fields } = splitToken(readGiven(variable, given), connection);
  ensureKnown(variable, Object.keys(fields), connection);
  const defaults = (connection?.inputs ?? []).map(({ key, default: value }) => [key, value]);
  const defined = Object.entries(variable.inputs).map(([key, expression]) => [
    key,
    evaluate(expression, `${variable.key}.${key}`, () => undefined),
  ]);
  const chosen = Object.entries(fields).map(([key, value]) => [key, toStoredText(value)]);
  const joined = Object.fromEntries([...defaults, ...defined, ...chosen]);
  return {
    key: variable.connection?.key ?? "",
    configVarKey: variable.key,
    fields: fillBlanks(variable.connection?.key, joined, offered),
    ...(token === undefined ? {} : { token }),
  };
};

/** @throws HooklineError CONFIGURATION_INVALID naming the first required field without a value, or the kinds of connection where none is chosen. */
export const ensureComplete = (
  variable: ConfigVariable,
  value: ConnectionValue,
  components: readonly ComponentDescription[],
  source: string,
): void => {
  if (variable.unchosenKinds) {
    const fields = Object.keys(value.fields);
    throw invalid(describeUnchosen(variable.key, variable.unchosenKinds, fields, source));
  }
  const missing = findConnection(variable, components)?.inputs.find(
    ({ key, required }) => required && isBlank(value.fields[key]),
  );
  if (!missing) return;
  throw invalid(
    `Connection "${variable.key}" needs a value for "${missing.key}". Add it to ${source}, under "${variable.key}".`,
  );
};
