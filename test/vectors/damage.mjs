const isDigit = (byte) => byte >= 0x30 && byte <= 0x39;
const isLetter = (byte) => (byte >= 0x61 && byte < 0x7a) || (byte >= 0x41 && byte < 0x5a);

/** Another character of the same class: JSON, base64, hex and percent-encoding stay what they were, only the value changes. */
const flipped = (byte) => {
  if (isDigit(byte)) return byte ^ 1;
  return (byte | 0x20) === 0x66 ? byte - 1 : byte + 1;
};

/** The body with one byte changed, a digit where there is one; an empty body gains a byte. */
export const flipBody = (body) => {
  const copy = Buffer.from(body);
  const digit = copy.findLastIndex(isDigit);
  const at = digit === -1 ? copy.findLastIndex(isLetter) : digit;
  if (at === -1) return Buffer.concat([copy, Buffer.from("x")]);
  copy[at] = flipped(copy[at]);
  return copy;
};

/** The secret with the character in its middle changed. */
export const flipSecret = (secret) => {
  const copy = Buffer.from(secret);
  const middle = Math.floor(copy.length / 2);
  const at = copy.findIndex((byte, index) => index >= middle && (isDigit(byte) || isLetter(byte)));
  copy[at] = flipped(copy[at]);
  return copy.toString();
};
