import type { SingleScheme } from "../../src/signatures/scheme";
import { describeSignedContent, type SignedContent } from "../../src/signatures/signed-content";

/** What a scheme covers, read off its own description of what is signed. */
export interface Coverage {
  /** Each alternative of the content, as it is printed. */
  readonly recipes: readonly string[];
  /** Every byte of the body. */
  readonly body: boolean;
  /** All form fields, by name and value. */
  readonly allFormFields: boolean;
  readonly headers: readonly string[];
  readonly formFields: readonly string[];
  readonly jsonFields: readonly string[];
  readonly options: readonly string[];
  readonly url: boolean;
  readonly method: boolean;
}

const contentsOf = (scheme: SingleScheme): readonly SignedContent[] =>
  "content" in scheme ? ([scheme.content].flat() as readonly SignedContent[]) : [];

const named = (kind: string, recipe: string): readonly string[] =>
  [...recipe.matchAll(new RegExp(`\\{${kind}:([^}]+)\\}`, "g"))].map((match) => match[1]!);

export const coverageOf = (scheme: SingleScheme): Coverage => {
  const recipes = contentsOf(scheme).map(describeSignedContent);
  const all = recipes.join("\n");
  return {
    recipes,
    body: recipes.length > 0 && recipes.every((recipe) => /\{[^}]*\bbody\b[^}]*\}/.test(recipe)),
    allFormFields: all.includes("{sorted form fields}"),
    headers: named("header", all),
    formFields: named("form", all),
    jsonFields: named("json", all),
    options: named("option", all),
    url: /\{(url|path)\b/.test(all),
    method: all.includes("{method}"),
  };
};
