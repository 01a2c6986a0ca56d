import type { PlatformUnknowns } from "./unknowns";

/** Headers as a trigger sees them: the caller's own casing, repeated ones joined. */
export const toHeaders = (
  raw: readonly string[],
  unknowns: PlatformUnknowns,
): Record<string, string> => {
  const headers: Record<string, string> = {};
  const names = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string;
    const value = raw[index + 1] as string;
    const lowerName = name.toLowerCase();
    const earlier = names.get(lowerName);
    if (unknowns.dropsPrismaticHeaders && lowerName.startsWith("prismatic-")) continue;
    if (earlier === undefined) {
      names.set(lowerName, name);
      setOwn(headers, name, value);
    } else headers[earlier] += separatorOf(lowerName, unknowns) + value;
  }
  return headers;
};

/** A header called `__proto__` is data like any other. */
const setOwn = (headers: Record<string, string>, name: string, value: string): void => {
  if (name === "__proto__") {
    Object.defineProperty(headers, name, { value, enumerable: true, writable: true });
  } else headers[name] = value;
};

/** RFC 9110 section 5.3 and RFC 6265 section 5.4: cookies join differently from everything else. */
const separatorOf = (lowerName: string, unknowns: PlatformUnknowns): string =>
  lowerName === "cookie" ? "; " : unknowns.repeatedHeaderSeparator;

/** The first value of a header in a raw list, whatever its casing. */
export const readHeader = (raw: readonly string[], lowerName: string): string | undefined => {
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string;
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) return raw[index + 1];
  }
  return undefined;
};

/** `null` where there is no query, as on the platform, although spectral types say otherwise. */
export const toQueryParameters = (
  query: string,
  unknowns: PlatformUnknowns,
): Record<string, string> | null => {
  if (query === "") return null;
  const pairs = [...new URLSearchParams(query)];
  if (pairs.length === 0) return null;
  return Object.fromEntries(unknowns.repeatedQueryParameter === "last" ? pairs : pairs.reverse());
};
