import { type JWTPayload, jwtVerify } from "jose";
import { describeCarrier, readCarrier } from "./carrier";
import { decodeStrictly } from "./encoding";
import type { Evidence, JwtScheme } from "./scheme";
import { type Rejected, rejected, type Verdict, verified } from "./verdict";
import { verifyToken } from "./verify-token";

const DEFAULT_TOLERANCE_SECONDS = 60;

export const jwt = (scheme: Omit<JwtScheme, "kind">): JwtScheme => ({ ...scheme, kind: "jwt" });

/** A token must end, or say when it was made; without either it would hold for ever. `exp` and `nbf` were checked with the signature. */
const checkAge = (
  { exp, iat }: JWTPayload,
  now: Date,
  toleranceSeconds: number,
): Rejected | undefined => {
  if (exp === undefined && iat === undefined)
    return rejected("timestamp-missing", "The token has neither exp nor iat.");
  const age = now.getTime() / 1000 - (iat ?? 0);
  if (iat !== undefined && age < -toleranceSeconds)
    return rejected("timestamp-outside-tolerance", "The token's iat is in the future.");
  return exp === undefined && age > toleranceSeconds
    ? rejected("timestamp-outside-tolerance", "The token's iat is too long ago.")
    : undefined;
};

const sentAtOf = ({ iat }: JWTPayload): Date | null => {
  const sentAt = new Date((iat ?? Number.NaN) * 1000);
  return Number.isNaN(sentAt.getTime()) ? null : sentAt;
};

const toleranceOf = (scheme: JwtScheme, evidence: Evidence): number =>
  evidence.toleranceSeconds ?? scheme.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS;

/** A JSON Web Token: its algorithm and key come from the definition, never from the token. */
export const verifyJwt = async (scheme: JwtScheme, evidence: Evidence): Promise<Verdict> => {
  const [token] = readCarrier(scheme.token, evidence.request);
  if (!token) return rejected("signature-missing", `There is no ${describeCarrier(scheme.token)}.`);
  if (!decodeStrictly(token.slice(token.lastIndexOf(".") + 1), "base64url"))
    return rejected("signature-malformed", "The token is not a signed JWT.");
  const toleranceSeconds = toleranceOf(scheme, evidence);
  const outcome = await verifyToken(scheme, evidence, (key) =>
    jwtVerify(token, key, {
      algorithms: [...scheme.algorithms],
      currentDate: evidence.now,
      clockTolerance: toleranceSeconds,
    }),
  );
  if ("reason" in outcome) return outcome;
  const { payload } = outcome.result;
  const tooOld = checkAge(payload, evidence.now, toleranceSeconds);
  if (tooOld) return tooOld;
  const problem = scheme.claims?.(payload, evidence);
  return problem
    ? rejected("claim-mismatch", problem)
    : verified(outcome.secretIndex, sentAtOf(payload));
};
