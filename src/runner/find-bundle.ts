import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { HooklineError } from "../errors";

/**
 * The folder that holds a component's `index.js`: the given one, or its `dist`.
 *
 * @throws HooklineError COMPONENT_UNUSABLE when nothing has been built there.
 */
export const findBundle = (component: string): string => {
  const path = resolve(component);
  const folder = basename(path) === "index.js" ? dirname(path) : path;
  const bundle = [folder, join(folder, "dist")].find((place) =>
    existsSync(join(place, "index.js")),
  );
  if (bundle) return bundle;
  throw new HooklineError(
    "COMPONENT_UNUSABLE",
    `There is no built component in ${component}: it has no index.js. Build it first with "npm run build", or name another folder with --component.`,
  );
};
