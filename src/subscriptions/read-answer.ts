import { readPath, toText } from "../http/json-path";

/** The list at a path of an answer, the answer itself without one; empty where there is no list. */
export const readItems = (data: unknown, path = ""): readonly unknown[] => {
  const value = readPath(data, path);
  return Array.isArray(value) ? value : [];
};

/** The text, number or boolean at a path, as text; empty where there is none. */
export const readTextAt = (data: unknown, path: string): string =>
  toText(readPath(data, path)) ?? "";

/** The time at a path: ISO 8601, or a number of milliseconds; nothing where it is neither. */
export const readDateAt = (data: unknown, path: string): Date | undefined => {
  const value = readPath(data, path);
  const date = typeof value === "number" ? new Date(value) : new Date(String(value ?? ""));
  return Number.isNaN(date.getTime()) ? undefined : date;
};
