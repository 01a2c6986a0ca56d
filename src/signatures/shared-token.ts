import { createHash, timingSafeEqual } from "node:crypto";
import type { InboundRequest } from "../http/inbound-request";
import { readJsonBody } from "../http/json-body";
import { readPathAll } from "../http/json-path";
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

/** How many tokens must be there: one for each entry of a batch. */
const countEntries = (token: Carrier, request: InboundRequest): number => {
  const star = "json" in token ? token.json.lastIndexOf("*") : -1;
  if (!("json" in token) || star < 0) return 1;
  return readPathAll(readJsonBody(request), token.json.slice(0, star + 1)).length;
};

export const verifySharedToken: Verify<SharedTokenScheme> = ({ token }, { request, secrets }) => {
  const given = readCarrier(token, request);
  if (given.length === 0 || given.includes(""))
    return rejected("signature-missing", `There is no ${describeCarrier(token)}.`);
  if (given.length < countEntries(token, request))
    return rejected("signature-missing", `Not every entry has a ${describeCarrier(token)}.`);
  return verifiedByAny(secrets, (secret) => given.every((text) => sameText(text, secret)));
};
