import { HooklineError } from "../errors";
import { parseTemplate, type TemplatePiece } from "../http/template";

/** What the placeholders of a template stand for: a list only where the placeholder is all there is. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

const toText = (value: string | readonly string[] = ""): string =>
  typeof value === "string" ? value : value.join(",");

const fill = (piece: TemplatePiece, values: Values): string =>
  "literal" in piece ? piece.literal : toText(values[piece.name]);

/** A text with its placeholders filled in. @throws HooklineError INPUT_INVALID for an unknown one. */
export const fillText = (template: string, values: Values, input: string): string =>
  parseTemplate(template, input, Object.keys(values))
    .map((piece) => fill(piece, values))
    .join("");

const fillLeaf = (template: string, values: Values, input: string): unknown => {
  const pieces = parseTemplate(template, input, Object.keys(values));
  const [only] = pieces;
  return pieces.length === 1 && only && "name" in only
    ? values[only.name]
    : pieces.map((piece) => fill(piece, values)).join("");
};

const fillValue = (value: unknown, values: Values, input: string): unknown => {
  if (typeof value === "string") return fillLeaf(value, values, input);
  if (Array.isArray(value)) return value.map((item) => fillValue(item, values, input));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fillValue(item, values, input)]),
  );
};

/** JSON with the placeholders in its texts filled in: no value can change its structure. @throws HooklineError INPUT_INVALID */
export const fillJson = (template: string, values: Values, input: string): unknown => {
  try {
    return fillValue(JSON.parse(template), values, input);
  } catch (cause) {
    if (cause instanceof HooklineError) throw cause;
    throw new HooklineError("INPUT_INVALID", `${input}: this is not JSON. Enter a JSON object.`, {
      cause,
    });
  }
};
