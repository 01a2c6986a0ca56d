/**
 * The characters that a message body may hold, from the API reference of SendMessage: a body with any other is refused.
 */
const refused = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Begins an escape; allowed by SQS, and hardly ever used. */
const ESCAPE = "\u007f";
const toEscape = new RegExp(`${refused.source}|${ESCAPE}`, "gu");
const escaped = new RegExp(`${ESCAPE}([0-9a-f]{4})`, "g");

export const isAllowedText = (text: string): boolean => !refused.test(text);

/** Only UTF-16 code units need an escape: control characters, lone surrogates and two noncharacters. */
export const toAllowedText = (text: string): string =>
  text.replaceAll(
    toEscape,
    (character) => `${ESCAPE}${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

export const readAllowedText = (text: string): string =>
  text.replaceAll(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
