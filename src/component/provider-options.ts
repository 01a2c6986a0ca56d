import { HooklineError } from "../errors";
import type { Provider } from "../providers/provider";

/** Refuses options that the provider does not know, because a misspelt one would be ignored without a word. */
export const checkOptions = (
  { name, options = {} }: Provider,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(options, key));
  if (unknown === undefined) return given;
  const known = Object.keys(options);
  const advice =
    known.length > 0 ? `It has ${known.join(", ")}.` : "It has none: clear the Options input.";
  throw new HooklineError(
    "INPUT_INVALID",
    `Options: ${name} has no option "${unknown.slice(0, 60)}". ${advice}`,
  );
};
