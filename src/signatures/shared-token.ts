import { createHash, timingSafeEqual } from "node:crypto";
import { type Carrier, describeCarrier, readCarrier } from "./carrier";
import type { SharedTokenScheme, Verify } from "./scheme";
import { verifiedByAny } from "./usable-secrets";
import { rejected } from "./verdict";

export const sharedToken = (token: Carrier): SharedTokenScheme => ({ kind: "shared-token", token });

/** Hashing gives both sides one length, so the comparison tells neither content nor length. */
const fingerprint = (text: string) => createHash("sha256").update(text).digest();

/** Whether two texts are the same, in a time that does not depend on where they differ. */
export const sameText = (given: string, expected: string): boolean =>
  timingSafeEqual(fingerprint(given), fingerprint(expected));

export const verifySharedToken: Verify<SharedTokenScheme> = ({ token }, { request, secrets }) => {
  const given = readCarrier(token, request);
  if (given.length === 0)
    return rejected("signature-missing", `There is no ${describeCarrier(token)}.`);
  return verifiedByAny(secrets, (secret) => given.every((text) => sameText(text, secret)));
};
