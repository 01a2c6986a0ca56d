import { HooklineError } from "../errors";

/** A piece of a template: literal text, or a placeholder such as `{header:x-id}`. */
export type TemplatePiece =
  | { readonly literal: string }
  | { readonly name: string; readonly argument: string };

const PLACEHOLDER = /\{([a-z]+)(?::([^{}]+))?\}/g;

const toPiece = (
  [text, name = "", argument = ""]: RegExpExecArray,
  input: string,
  allowed: readonly string[],
): TemplatePiece => {
  const needsArgument = allowed.includes(`${name}:`);
  if (needsArgument ? argument !== "" : allowed.includes(name) && argument === "")
    return { name, argument };
  const list = allowed.map((known) => `{${known}${known.endsWith(":") ? "…" : ""}}`).join(", ");
  throw new HooklineError(
    "INPUT_INVALID",
    `${input}: ${text} is not a placeholder here. Use ${list}.`,
  );
};

/** Splits a template. Braces that hold no placeholder name are literal text, so that JSON can be written as it is. `allowed` lists names, with a colon where an argument follows. */
export const parseTemplate = (
  template: string,
  input: string,
  allowed: readonly string[],
): readonly TemplatePiece[] => {
  const pieces: TemplatePiece[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    if (match.index > end) pieces.push({ literal: template.slice(end, match.index) });
    pieces.push(toPiece(match, input, allowed));
    end = match.index + match[0].length;
  }
  if (end < template.length) pieces.push({ literal: template.slice(end) });
  return pieces;
};
