import type { ChoiceScheme } from "./scheme";

export const choice = (scheme: Omit<ChoiceScheme, "kind">): ChoiceScheme => ({
  ...scheme,
  kind: "choice",
});
