/** How one value sits in the text of a header, query parameter or field. Reads and writes, so that a scheme can sign as well as verify. */
export interface Grammar {
  /** The shape for people, `<value>` standing for the value. */
  readonly shape: string;
  /** Every value found; none where the text has another shape. */
  readonly read: (text: string) => readonly string[];
  readonly write: (value: string) => string;
  /** Joins what several grammars wrote into the same text. */
  readonly separator: string;
}

const split = (text: string, separator: string): readonly string[] =>
  text.split(separator).map((piece) => piece.trim());

const afterPrefix = (prefix: string, text: string): readonly string[] =>
  text.startsWith(prefix) ? [text.slice(prefix.length)] : [];

const afterPrefixes = (prefix: string, pieces: readonly string[]): readonly string[] =>
  pieces.filter((piece) => piece.startsWith(prefix)).map((piece) => piece.slice(prefix.length));

export const plain: Grammar = {
  shape: "<value>",
  read: (text) => [text],
  write: (value) => value,
  separator: ",",
};

/** `sha256=<value>` */
export const prefixed = (prefix: string): Grammar => ({
  shape: `${prefix}<value>`,
  read: (text) => afterPrefix(prefix, text),
  write: (value) => prefix + value,
  separator: ",",
});

/** `<value>` or `Bearer <value>`, for headers that are sent both ways; written without the prefix. */
export const optionallyPrefixed = (prefix: string): Grammar => ({
  ...plain,
  shape: `[${prefix}]<value>`,
  read: (text) => [text.startsWith(prefix) ? text.slice(prefix.length) : text],
});

/** `t=1,v1=<value>,v1=<value>`: every value of one key. */
export const pairs = (key: string, separator = ","): Grammar => ({
  shape: `${key}=<value>`,
  read: (text) => afterPrefixes(`${key}=`, split(text, separator)),
  write: (value) => `${key}=${value}`,
  separator,
});

/** `v1,<value> v1,<value> v1a,<value>`: every value of one version. */
export const versions = (version: string): Grammar => ({
  shape: `${version},<value>`,
  read: (text) => afterPrefixes(`${version},`, split(text, " ")),
  write: (value) => `${version},${value}`,
  separator: " ",
});

/** `<value>,<value>`: one value per active key. */
export const list = (separator = ","): Grammar => ({
  shape: `<value>${separator}<value>`,
  read: (text) => split(text, separator),
  write: (value) => value,
  separator,
});

/** `<public key>|<value>&<public key>|<value>`: the value of every key; `keyName` only stands in when one is written. */
export const pipePairs = (keyName: string): Grammar => ({
  shape: "<public key>|<value>",
  read: (text) => split(text, "&").flatMap((piece) => split(piece, "|").slice(1, 2)),
  write: (value) => `${keyName}|${value}`,
  separator: "&",
});

/** `<time>,<value>`: the values from one position on. */
export const positional = (position: number, separator = ","): Grammar => ({
  shape: `${"…".repeat(position)}${position > 0 ? separator : ""}<value>`,
  read: (text) => split(text, separator).slice(position),
  write: (value) => value,
  separator,
});
