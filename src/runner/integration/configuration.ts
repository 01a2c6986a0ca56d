import { existsSync } from "node:fs";
import { extname } from "node:path";
import { HooklineError } from "../../errors";
import { isJsonObject } from "../../http/json-object";
import type { ComponentDescription } from "../isolation/component-description";
import type { ConfigVariable } from "./config-variable";
import { ensureComplete, toConnectionValue } from "./connections";
import { readDocument } from "./document";
import { type ReadVariable, toStoredText } from "./expression";
import type { OfferedConnection } from "./offered-connection";

/** Values for config variables, as the person who deploys would type them in. */
export interface Configuration {
  /** The file to name in messages. */
  readonly source: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly offered?: OfferedConnection | undefined;
}

const invalid = (message: string): HooklineError =>
  new HooklineError("CONFIGURATION_INVALID", message);

const toDefaultPath = (integrationFile: string): string =>
  `${integrationFile.slice(0, integrationFile.length - extname(integrationFile).length)}.config.yml`;

/**
 * Reads the configuration file; the one beside the integration may be absent, a named one may not.
 *
 * @throws HooklineError CONFIGURATION_INVALID
 */
export const readConfiguration = (
  file: string | undefined,
  integrationFile: string | undefined,
): Configuration => {
  const source = file ?? (integrationFile ? toDefaultPath(integrationFile) : undefined);
  if (source === undefined) return { source: "a file given with --config", given: {} };
  if (file === undefined && !existsSync(source)) return { source, given: {} };
  const document = readDocument(source, "CONFIGURATION_INVALID") ?? {};
  if (typeof document !== "object" || Array.isArray(document)) {
    throw invalid(`${source} should map config variables to values, such as "Key: value".`);
  }
  return { source, given: document as Record<string, unknown> };
};

const toPairs = (value: unknown): unknown =>
  isJsonObject(value)
    ? Object.entries(value).map(([key, entry]) => ({ key, value: toStoredText(entry) }))
    : value;

const readDefault = ({ defaultValue, collection }: ConfigVariable): unknown => {
  if (collection === undefined || typeof defaultValue !== "string") return defaultValue;
  try {
    return JSON.parse(defaultValue);
  } catch {
    return undefined;
  }
};

const toPlainValue = (variable: ConfigVariable, given: unknown): unknown => {
  const value = given ?? readDefault(variable);
  if (variable.collection === "keyvaluelist") return toPairs(value);
  const isText = ["string", "code", "date", "timestamp", "schedule"].includes(variable.dataType);
  return isText && value !== undefined ? toStoredText(value) : value;
};

const ensureAllKnown = (
  variables: readonly ConfigVariable[],
  configuration: Configuration,
): void => {
  const known = variables.map(({ key }) => key);
  const unknown = Object.keys(configuration.given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const choice = known.length > 0 ? `It has: ${known.map((key) => `"${key}"`).join(", ")}.` : "";
  throw invalid(
    `${configuration.source} sets "${unknown}", which is no config variable of the integration. ${choice}`.trim(),
  );
};

export interface ConfigVariables {
  /** Every config variable, for `context.configVars`. */
  readonly all: Readonly<Record<string, unknown>>;
  /** One that a trigger uses. @throws HooklineError naming what is missing. */
  readonly read: ReadVariable;
}

/** Joins the definition's config variables with the values given for this instance. */
export const toConfigVariables = (
  variables: readonly ConfigVariable[],
  configuration: Configuration,
  components: readonly ComponentDescription[],
): ConfigVariables => {
  ensureAllKnown(variables, configuration);
  const { source, given, offered } = configuration;
  const read: ReadVariable = (key) => {
    const variable = variables.find((candidate) => candidate.key === key);
    if (!variable) {
      throw new HooklineError(
        "INTEGRATION_INVALID",
        `Config variable "${key}" is used but not defined. Add it to requiredConfigVars.`,
      );
    }
    if (variable.dataType === "connection") {
      const connection = toConnectionValue(variable, given[key], components, offered);
      ensureComplete(variable, connection, components, source);
      return connection;
    }
    const value = toPlainValue(variable, given[key]);
    if (value !== undefined && value !== "" && value !== null) return value;
    throw invalid(`Config variable "${key}" has no value. Add it to ${source}.`);
  };
  const all = variables.map((variable) => [
    variable.key,
    variable.dataType === "connection"
      ? toConnectionValue(variable, given[variable.key], components, offered)
      : toPlainValue(variable, given[variable.key]),
  ]);
  return { all: Object.fromEntries(all), read };
};
