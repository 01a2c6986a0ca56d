import { errors } from "jose";
import { HooklineError } from "../errors";
import { REFETCH_AFTER_MILLISECONDS } from "./fetched-keys";
import {
  fetchJoseKeys,
  type JoseKey,
  type JoseScheme,
  type KeyLookup,
  readJoseKeys,
} from "./jose-keys";
import type { Evidence } from "./scheme";
import { noSecret } from "./usable-secrets";
import { type Rejected, rejected } from "./verdict";

const mismatch = rejected("signature-mismatch", "The token was not signed with this key.");
const malformed = rejected("signature-malformed", "The token is not a signed JWT.");
const otherAlgorithm = rejected(
  "signature-mismatch",
  "The token names an algorithm that this provider does not use.",
);

const timeClaims = new Set(["nbf", "iat", "exp"]);

const timeReasons = {
  missing: "timestamp-missing",
  invalid: "timestamp-malformed",
  check_failed: "timestamp-outside-tolerance",
} as const;

const fromClaim = ({ claim, reason }: errors.JWTClaimValidationFailed): Rejected =>
  timeClaims.has(claim)
    ? rejected(
        timeReasons[reason as keyof typeof timeReasons] ?? "timestamp-malformed",
        `The token's ${claim} is ${reason === "check_failed" ? "not near now" : "not a time"}.`,
      )
    : rejected("claim-mismatch", `The token's ${claim} is not as expected.`);

/** What a failed check of a token means, in our words. */
const toRejection = (error: unknown, { unusable }: JoseKey): Rejected => {
  if (error instanceof HooklineError) return unusable;
  if (error instanceof errors.JWTExpired)
    return rejected("timestamp-outside-tolerance", "The token has expired.");
  if (error instanceof errors.JWTClaimValidationFailed) return fromClaim(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return otherAlgorithm;
  if (error instanceof errors.JWSSignatureVerificationFailed) return mismatch;
  if (error instanceof errors.JWKSNoMatchingKey) return mismatch;
  if (error instanceof errors.JOSEError) return malformed;
  return unusable;
};

export type VerifyWith<Result> = (key: KeyLookup) => Promise<Result>;

/** A token without a key id may have been signed with any key of a set. */
const verifyWithAny = async <Result>(
  keys: errors.JWKSMultipleMatchingKeys,
  verifyWith: VerifyWith<Result>,
): Promise<Result> => {
  for await (const key of keys) {
    try {
      return await verifyWith(async () => key);
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
};

const verifyWithLookup = async <Result>(
  lookup: KeyLookup,
  verifyWith: VerifyWith<Result>,
): Promise<Result> => {
  try {
    return await verifyWith(lookup);
  } catch (error) {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyWithAny(error, verifyWith);
    throw error;
  }
};

export interface TokenVerified<Result> {
  readonly secretIndex: number | null;
  readonly result: Result;
}

const tryKey = async <Result>(
  key: JoseKey,
  verifyWith: VerifyWith<Result>,
): Promise<TokenVerified<Result> | Rejected> => {
  try {
    const result = await verifyWithLookup(key.lookup, verifyWith);
    return { secretIndex: key.secretIndex, result };
  } catch (error) {
    return toRejection(error, key);
  }
};

const tryEach = async <Result>(
  keys: readonly JoseKey[] | Rejected,
  verifyWith: VerifyWith<Result>,
): Promise<TokenVerified<Result> | Rejected> => {
  if ("reason" in keys) return keys;
  let outcome: TokenVerified<Result> | Rejected = noSecret;
  for (const key of keys) {
    outcome = await tryKey(key, verifyWith);
    if ("result" in outcome) return outcome;
  }
  return outcome;
};

/** Whether newer keys may decide otherwise: they may have rotated, or something else was served in their place. */
const mayBeOutdated = (outcome: object): boolean =>
  outcome === mismatch || ("reason" in outcome && outcome.reason === "key-unavailable");

/** The first key that verifies decides; otherwise the last rejection stands, after another look at fetched keys. */
export const verifyToken = async <Result>(
  scheme: JoseScheme,
  evidence: Evidence,
  verifyWith: VerifyWith<Result>,
): Promise<TokenVerified<Result> | Rejected> => {
  const keys = await readJoseKeys(scheme, evidence);
  const outcome = await tryEach(keys, verifyWith);
  const wasFetched = !("reason" in keys) && keys.every(({ secretIndex }) => secretIndex === null);
  if (!scheme.source || !wasFetched || !mayBeOutdated(outcome)) return outcome;
  return tryEach(
    await fetchJoseKeys(scheme.source, evidence, REFETCH_AFTER_MILLISECONDS),
    verifyWith,
  );
};
