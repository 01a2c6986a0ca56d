import { HooklineError } from "../errors";
import type { ChoiceScheme, SingleScheme } from "./scheme";

export const choice = (scheme: Omit<ChoiceScheme, "kind">): ChoiceScheme => ({
  ...scheme,
  kind: "choice",
});

/** The scheme of that name. @throws HooklineError INPUT_INVALID listing the names that there are. */
export const schemeCalled = ({ schemes }: ChoiceScheme, name: string): SingleScheme => {
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme) return scheme;
  throw new HooklineError(
    "INPUT_INVALID",
    `There is no signature scheme of that name here; choose one of ${Object.keys(schemes).join(", ")}.`,
  );
};
