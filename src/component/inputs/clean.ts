import { type Connection, util } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import { isJsonObject } from "../../http/json-object";

export const toText = (value: unknown): string => util.types.toString(value).trim();

/** A number; `usual` for an empty input, and NaN for what is none: whoever uses the number knows its range. */
export const toNumber =
  <const Usual extends number | undefined>(usual: Usual) =>
  (value: unknown): number | Usual => {
    const text = toText(value);
    return text === "" ? usual : Number(text);
  };

const LONGEST_TOLERANCE_SECONDS = 31_536_000;

/** Whole seconds from one to a year; nothing for an empty input. */
export const toSeconds =
  (label: string) =>
  (value: unknown): number | undefined => {
    const seconds = toNumber(undefined)(value);
    if (seconds === undefined) return undefined;
    if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_TOLERANCE_SECONDS)
      return seconds;
    throw new HooklineError(
      "INPUT_INVALID",
      `${label}: enter whole seconds from 1 to ${LONGEST_TOLERANCE_SECONDS}, or nothing.`,
    );
  };

/** One of the values of a drop-down; the first for an empty input. */
export const toChoice =
  <const Values extends readonly [string, ...string[]]>(label: string, choices: Values) =>
  (value: unknown): Values[number] => {
    const text = toText(value) || choices[0];
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined) return choice;
    throw new HooklineError("INPUT_INVALID", `${label}: choose one of ${choices.join(", ")}.`);
  };

/** True or false; `usual` for an empty input. */
export const toFlag =
  (label: string, usual: boolean) =>
  (value: unknown): boolean => {
    const text = toText(value).toLowerCase();
    if (text === "") return usual;
    if (text === "true" || text === "false") return text === "true";
    throw new HooklineError("INPUT_INVALID", `${label}: enter true or false.`);
  };

/** An absolute http or https URL, kept to the letter; empty stays empty. */
export const toUrl =
  (label: string) =>
  (value: unknown): string => {
    const text = toText(value);
    if (text === "" || /^https?:\/\/[^\s/?#]+/i.test(text)) return text;
    throw new HooklineError(
      "INPUT_INVALID",
      `${label}: enter the whole URL, starting with https://.`,
    );
  };

export const toPairs = (value: unknown): Readonly<Record<string, string>> => {
  if (!Array.isArray(value)) return {};
  const pairs = value.map(
    ({ key, value: text }) => [toText(key), util.types.toString(text)] as const,
  );
  return Object.fromEntries(pairs.filter(([key]) => key !== ""));
};

/** A connection, or nothing where none was chosen. */
export const toConnection = (value: unknown): Connection | undefined =>
  typeof value === "object" && value !== null && "fields" in value
    ? (value as Connection)
    : undefined;

export const toList = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((item) => toText(item) || []);

/**
 * Texts, however a flow came by them: one by one, as one list, or as objects that hold them.
 *
 * @param member Where an object holds its text.
 */
export const toListOf =
  (member: string) =>
  (value: unknown): readonly string[] =>
    toList([value].flat(2).map((item) => (isJsonObject(item) ? item[member] : item)));

/** Headers as an object, as JSON text, or as a key-value list. */
export const toHeaders = (value: unknown): Readonly<Record<string, unknown>> => {
  if (Array.isArray(value)) return toPairs(value);
  if (typeof value === "object" && value !== null) return { ...value };
  try {
    const parsed: unknown = JSON.parse(toText(value));
    if (typeof parsed === "object" && parsed !== null) return { ...parsed };
  } catch {
    // Told below, in words that name the input.
  }
  throw new HooklineError(
    "INPUT_INVALID",
    "Headers: reference the headers of the request, or enter them as a JSON object.",
  );
};
