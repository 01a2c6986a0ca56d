const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const stepInto = (value: unknown, key: string): readonly unknown[] => {
  if (key === "*") return Array.isArray(value) ? value : [];
  return isObject(value) && Object.hasOwn(value, key) ? [value[key]] : [];
};

/** Every value at a dotted path; `*` stands for each item of an array, the empty path for the value itself. Own properties only. */
export const readPathAll = (value: unknown, path: string): readonly unknown[] =>
  path === ""
    ? [value]
    : path
        .split(".")
        .reduce<readonly unknown[]>(
          (found, key) => found.flatMap((item) => stepInto(item, key)),
          [value],
        );

/** The first value at the path. Walks without lists where the path has no `*`, as nearly all have. */
export const readPath = (value: unknown, path: string): unknown => {
  if (path === "" || path.includes("*")) return readPathAll(value, path)[0];
  let found = value;
  for (const key of path.split(".")) {
    if (!isObject(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
};

/** Strings, numbers and booleans as the text that a provider would have signed or sent. */
export const toText = (value: unknown): string | undefined => {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

/** A copy in which the value at the path is replaced, in each item of an array where the path has a `*`; missing objects on the way are made. */
export const withPath = (value: unknown, path: string, replacement: unknown): unknown => {
  const [key = "", ...rest] = path.split(".");
  if (key === "*" && Array.isArray(value))
    return value.map((item) => withPath(item, rest.join("."), replacement));
  const base = isObject(value) ? value : {};
  const next = rest.length > 0 ? withPath(base[key], rest.join("."), replacement) : replacement;
  if (!Array.isArray(base)) return { ...base, [key]: next };
  const copy: unknown[] = [...base];
  copy[Number(key)] = next;
  return copy;
};
