import { flattenedVerify } from "jose";
import { describeCarrier, readCarrier } from "./carrier";
import { decodeStrictly } from "./encoding";
import type { DetachedJwsScheme, Evidence } from "./scheme";
import { lacks, readSignedContent, toBytes } from "./signed-content";
import { rejected, type Verdict, verified } from "./verdict";
import { verifyToken } from "./verify-token";

const DETACHED = /^([\w-]+)\.\.([\w-]+)$/;

export const detachedJws = (scheme: Omit<DetachedJwsScheme, "kind">): DetachedJwsScheme => ({
  ...scheme,
  kind: "detached-jws",
});

/** A JWS whose payload is not in the token but rebuilt from the request (RFC 7515, appendix F). */
export const verifyDetachedJws = async (
  scheme: DetachedJwsScheme,
  evidence: Evidence,
): Promise<Verdict> => {
  const { request, options } = evidence;
  const [token] = readCarrier(scheme.token, request);
  if (!token) return rejected("signature-missing", `There is no ${describeCarrier(scheme.token)}.`);
  const [, protectedHeader, signature] = DETACHED.exec(token) ?? [];
  if (!protectedHeader || !signature || !decodeStrictly(signature, "base64url"))
    return rejected(
      "signature-malformed",
      `The ${describeCarrier(scheme.token)} is not a detached JWS.`,
    );
  const content = readSignedContent(scheme.content, request, { timestamp: "", options });
  if ("missing" in content) return lacks(content.missing);
  const payload = toBytes(content.parts).toString("base64url");
  const outcome = await verifyToken(scheme, evidence, (key) =>
    flattenedVerify({ protected: protectedHeader, payload, signature }, key, {
      algorithms: [...scheme.algorithms],
    }),
  );
  return "reason" in outcome ? outcome : verified(outcome.secretIndex);
};
