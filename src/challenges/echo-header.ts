import { answeredWithHeader, type Challenge, refused } from "./challenge";

const LONGEST_VALUE = 2048;

/** The provider sends a header and expects it back, with an empty body. */
export const echoHeader = (header: string): Challenge => ({
  signed: false,
  description: `header ${header} → 200 with the same header`,
  answer: (request) => {
    const value = request.headers.get(header);
    if (value === undefined) return undefined;
    return value.length > LONGEST_VALUE
      ? refused("signature-malformed", "The challenge is too long to be one.")
      : answeredWithHeader(header, value);
  },
});
