import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of the package that a program belongs to: that of the nearest `package.json` above it. */
export const readVersion = (program: string): string => {
  const folder = dirname(program);
  const file = join(folder, "package.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")).version;
  return folder === dirname(folder) ? "unknown" : readVersion(folder);
};
