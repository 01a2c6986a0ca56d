const WORD_CHARACTERS = 120;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text from outside, safe in a terminal: no escape sequence, no line break, no reversed order. */
export const toPrintable = (text: string): string => text.replace(UNPRINTABLE, "�");

/** The same with its line breaks. */
export const toPrintableLines = (text: string): string =>
  text.split(/\r?\n/).map(toPrintable).join("\n");

/** The same, short enough to leave a line readable. */
export const toWord = (text: string, characters = WORD_CHARACTERS): string => {
  const printable = toPrintable(text.slice(0, characters + 1));
  return printable.length > characters ? `${printable.slice(0, characters - 1)}…` : printable;
};
