export type Encoding = "hex" | "base64" | "base64url";

/** Hex in either case; base64 only in its canonical form, so that no two texts stand for one signature. */
export const decodeStrictly = (text: string, encoding: Encoding): Buffer | undefined => {
  const bytes = Buffer.from(text, encoding);
  if (bytes.length === 0) return undefined;
  if (encoding === "hex") return text.length === bytes.length * 2 ? bytes : undefined;
  return bytes.toString(encoding) === text ? bytes : undefined;
};
