/** Throws, in words for people, at bytes that are not of the charset. A byte order mark stays. */
export type Decode = (bytes: Buffer) => string;

const strict = (label: string): Decode => {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch (cause) {
      throw new Error(`holds bytes that are not valid ${label}`, { cause });
    }
  };
};

const utf8 = strict("utf-8");
const utf16le = strict("utf-16le");
const latin1: Decode = (bytes) => bytes.toString("latin1");

const decoders = new Map<string, Decode>([
  ["utf-8", utf8],
  ["utf8", utf8],
  ["us-ascii", utf8],
  ["ascii", utf8],
  ["iso-8859-1", latin1],
  ["latin1", latin1],
  ["utf-16", utf16le],
  ["utf-16le", utf16le],
]);

const unknownCharset: Decode = () => {
  throw new Error("declares a charset other than utf-8, iso-8859-1 and utf-16le");
};

export const toDecoder = (charset = "utf-8"): Decode =>
  decoders.get(charset.toLowerCase()) ?? unknownCharset;

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

/** The text without its byte order mark, which says more than a charset does (https://encoding.spec.whatwg.org/#decode). Throws as `Decode` does. */
export const decodeText = (bytes: Buffer, charset: string | undefined): string => {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return utf8(bytes.subarray(3));
  if (startsWith(bytes, [0xff, 0xfe])) return utf16le(bytes.subarray(2));
  return toDecoder(charset)(bytes);
};
