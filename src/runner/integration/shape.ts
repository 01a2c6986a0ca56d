import { HooklineError } from "../../errors";
import { isJsonObject } from "../../http/json-object";

type Fields = Readonly<Record<string, unknown>>;

const describeKind = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
};

const fail = (where: string, wanted: string, found: unknown): never => {
  throw new HooklineError(
    "INTEGRATION_INVALID",
    `${where} should be ${wanted}, but is ${describeKind(found)}.`,
  );
};

/** Readers for a hand-written file; each names the place that is wrong. */
export const readFields = (value: unknown, where: string): Fields =>
  isJsonObject(value) ? value : fail(where, "a map of names to values", value);

export const readOptionalFields = (value: unknown, where: string): Fields =>
  value === undefined || value === null ? {} : readFields(value, where);

export const readText = (value: unknown, where: string): string =>
  typeof value === "string" && value.trim() !== "" ? value : fail(where, "a text", value);

export const readItems = (value: unknown, where: string): readonly unknown[] =>
  Array.isArray(value) ? value : fail(where, "a list", value);

export const readOptionalItems = (value: unknown, where: string): readonly unknown[] =>
  value === undefined || value === null ? [] : readItems(value, where);

export const readOptionalText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
