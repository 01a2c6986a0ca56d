import { verifyBasic } from "./basic";
import { schemeCalled } from "./choice";
import { verifyDetachedJws } from "./detached-jws";
import { verifyJwt } from "./jwt";
import { verifyMac } from "./mac";
import { verifyPublicKey } from "./public-key";
import type { Evidence, SignatureScheme, SingleScheme, Verify } from "./scheme";
import { verifySharedToken } from "./shared-token";
import { isUsable, noSecret } from "./usable-secrets";
import { unsigned, type Verdict } from "./verdict";

type Verifiers = {
  readonly [Kind in SingleScheme["kind"]]: Verify<Extract<SingleScheme, { kind: Kind }>>;
};

/** One verifier per kind: a new kind of scheme does not compile until it has one. */
const verifiers: Verifiers = {
  hmac: verifyMac,
  "keyed-hash": verifyMac,
  "public-key": verifyPublicKey,
  jwt: verifyJwt,
  "detached-jws": verifyDetachedJws,
  "shared-token": verifySharedToken,
  basic: verifyBasic,
  none: () => unsigned,
};

const needsSecret = (scheme: SingleScheme): boolean =>
  scheme.kind !== "none" && !("source" in scheme && scheme.source);

/** Without a secret nothing else that is wrong with a delivery matters: a person has to set one first. */
const explain = (verdict: Verdict, scheme: SingleScheme, { secrets }: Evidence): Verdict =>
  verdict.kind === "rejected" && needsSecret(scheme) && !secrets.some(isUsable)
    ? noSecret
    : verdict;

/**
 * Whether a delivery comes from who it claims to come from, over its exact bytes. A rejection is a value; nothing in a request makes this throw.
 * Answers at once unless a key has to be fetched or a token is a JWT or JWS.
 */
export const verifySignature = (
  scheme: SignatureScheme,
  evidence: Evidence,
): Verdict | Promise<Verdict> => {
  const single = scheme.kind === "choice" ? schemeCalled(scheme, scheme.choose(evidence)) : scheme;
  const verdict = (verifiers[single.kind] as Verify<SingleScheme>)(single, evidence);
  return verdict instanceof Promise
    ? verdict.then((settled) => explain(settled, single, evidence))
    : explain(verdict, single, evidence);
};
