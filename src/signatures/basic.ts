import { readCarrier } from "./carrier";
import { decodeStrictly } from "./encoding";
import { prefixed } from "./grammar";
import type { BasicScheme, Verify } from "./scheme";
import { sameText } from "./shared-token";
import { verifiedByAny } from "./usable-secrets";
import { rejected } from "./verdict";

export const basic: BasicScheme = { kind: "basic" };

export const basicCarrier = { header: "authorization", grammar: prefixed("Basic ") } as const;

/** User name and password in the Authorization header; a builder who sets no user name expects an empty one. */
export const verifyBasic: Verify<BasicScheme> = (_scheme, { request, secrets, username = "" }) => {
  const [given] = readCarrier(basicCarrier, request);
  if (given === undefined)
    return rejected("signature-missing", "There is no HTTP Basic Authorization header.");
  const credentials = decodeStrictly(given, "base64")?.toString("utf8");
  if (credentials === undefined)
    return rejected("signature-malformed", "The Authorization header is not base64.");
  return verifiedByAny(secrets, (secret) => sameText(credentials, `${username}:${secret}`));
};
