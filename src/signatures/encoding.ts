export type Encoding = "hex" | "base64" | "base64url";

/** Whole groups, then at most one short one whose unused bits are zero: no two texts stand for the same bytes. */
const canonical: Record<Encoding, RegExp> = {
  hex: /^(?:[\da-f]{2})+$/i,
  base64: /^(?=.)(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/][AQgw]==|[A-Za-z\d+/]{2}[AEIMQUYcgkosw048]=)?$/,
  base64url: /^(?=.)(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/,
};

/** Hex in either case; base64 only in its canonical form, so that no two texts stand for one signature. */
export const decodeStrictly = (text: string, encoding: Encoding): Buffer | undefined =>
  canonical[encoding].test(text) ? Buffer.from(text, encoding) : undefined;
