import { errors, type JWTPayload, jwtVerify } from "jose";
import { describeCarrier, readCarrier } from "./carrier";
import { type JoseKey, readJoseKeys } from "./jose-keys";
import type { Evidence, JwtScheme } from "./scheme";
import { type Rejected, rejected, type Verdict, verified } from "./verdict";

const DEFAULT_TOLERANCE_SECONDS = 60;

export const jwt = (scheme: Omit<JwtScheme, "kind">): JwtScheme => ({ kind: "jwt", ...scheme });

/** What a failed check of a token means, in our words. */
export const toRejection = (error: unknown): Rejected => {
  if (error instanceof errors.JWTExpired)
    return rejected("timestamp-outside-tolerance", "The token has expired.");
  if (error instanceof errors.JWTClaimValidationFailed)
    return ["nbf", "iat", "exp"].includes(error.claim)
      ? rejected("timestamp-outside-tolerance", `The token's ${error.claim} is not near now.`)
      : rejected("claim-mismatch", `The token's ${error.claim} is not as expected.`);
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey
  )
    return rejected("signature-mismatch", "The token was not signed with this key.");
  if (error instanceof errors.JOSEAlgNotAllowed)
    return rejected(
      "signature-mismatch",
      "The token names an algorithm that this provider does not use.",
    );
  if (error instanceof errors.JOSEError || error instanceof TypeError)
    return rejected("signature-malformed", "The token is not a signed JWT.");
  throw error;
};

const check = async (
  scheme: JwtScheme,
  evidence: Evidence,
  token: string,
  key: JoseKey,
): Promise<JWTPayload | Rejected> => {
  try {
    const { payload } = await jwtVerify(token, await key.resolve(scheme.algorithms), {
      algorithms: [...scheme.algorithms],
      currentDate: evidence.now,
      clockTolerance:
        evidence.toleranceSeconds ?? scheme.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS,
    });
    return payload;
  } catch (error) {
    return toRejection(error);
  }
};

const isRejected = (outcome: JWTPayload | Rejected): outcome is Rejected =>
  outcome.kind === "rejected" && "reason" in outcome;

const sentAtOf = ({ iat }: JWTPayload): Date | null =>
  iat === undefined ? null : new Date(iat * 1000);

/** The first key that verifies decides; otherwise the last rejection stands. */
export const verifyJwt = async (scheme: JwtScheme, evidence: Evidence): Promise<Verdict> => {
  const [token] = readCarrier(scheme.token, evidence.request);
  if (!token) return rejected("signature-missing", `There is no ${describeCarrier(scheme.token)}.`);
  const keys = await readJoseKeys(scheme, evidence);
  if ("kind" in keys) return keys;
  let outcome: Verdict = rejected("secret-missing", "There is no key to verify the token with.");
  for (const key of keys) {
    const payload = await check(scheme, evidence, token, key);
    if (!isRejected(payload)) {
      const problem = scheme.claims?.(payload, evidence);
      return problem
        ? rejected("claim-mismatch", problem)
        : verified(key.secretIndex, sentAtOf(payload));
    }
    outcome = payload;
  }
  return outcome;
};
