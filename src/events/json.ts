import type { BodyReader, ParsedBody } from "./body";
import { decodeText } from "./charset";

/** Whatever walks the value later may recurse; no provider nests deeper than a few dozen levels. */
const maximumDepth = 200;

const quote = 0x22;
const backslash = 0x5c;
/** `[` and `{` differ in this one bit, and so do `]` and `}`. */
const bracketBit = 0x20;
const opening = 0x7b;
const closing = 0x7d;

const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote)
    at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
};

const holdsAtMost = (count: number, text: string, character: string): boolean => {
  let at = -1;
  for (let found = 0; found <= count; found += 1) {
    at = text.indexOf(character, at + 1);
    if (at < 0) return true;
  }
  return false;
};

const halfDepth = maximumDepth / 2;

/** Most bodies have too few brackets to be deep, which is cheaper to see than to count. */
const cannotBeTooDeep = (text: string): boolean =>
  holdsAtMost(halfDepth, text, "{") && holdsAtMost(halfDepth, text, "[");

const isTooDeep = (text: string): boolean => {
  if (cannotBeTooDeep(text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length && depth <= maximumDepth; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if ((code | bracketBit) === opening) depth += 1;
    else if ((code | bracketBit) === closing) depth -= 1;
  }
  return depth > maximumDepth;
};

/** V8's own message quotes the body; only the position is taken from it. */
const describeFault = (error: unknown, length: number): string => {
  const message = error instanceof Error ? error.message : "";
  const position = /at position (\d+)/.exec(message)?.[1];
  const endsEarly = /^(Unexpected end|Unterminated)/.test(message) || Number(position) >= length;
  if (endsEarly) return "is not JSON: it ends too early";
  return position ? `is not JSON from character ${position} on` : "is not JSON";
};

/** Maps are as `JSON.parse` makes them: a `__proto__` in the text is an own property and changes no prototype. */
export const parseJson = (text: string): ParsedBody => {
  if (isTooDeep(text)) throw new Error(`is JSON nested deeper than ${maximumDepth} levels`);
  try {
    return { format: "json", data: JSON.parse(text) as unknown };
  } catch (cause) {
    throw new Error(describeFault(cause, text.length), { cause });
  }
};

export const readJson: BodyReader = (body, type) =>
  parseJson(decodeText(body, type?.parameters.get("charset")));
