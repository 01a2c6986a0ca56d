import { flattenedVerify } from "jose";
import { describeCarrier, readCarrier } from "./carrier";
import { readJoseKeys } from "./jose-keys";
import { toRejection } from "./jwt";
import type { DetachedJwsScheme, Evidence } from "./scheme";
import { readSignedContent, toBytes } from "./signed-content";
import { rejected, type Verdict, verified } from "./verdict";

const DETACHED = /^([\w-]+)\.\.([\w-]+)$/;

export const detachedJws = (scheme: Omit<DetachedJwsScheme, "kind">): DetachedJwsScheme => ({
  kind: "detached-jws",
  ...scheme,
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
  if (!protectedHeader || !signature)
    return rejected(
      "signature-malformed",
      `The ${describeCarrier(scheme.token)} is not a detached JWS.`,
    );
  const content = readSignedContent(scheme.content, request, { timestamp: "", options });
  if ("missing" in content)
    return rejected(
      "signature-missing",
      `The signed content needs ${content.missing}, which is not there.`,
    );
  const keys = await readJoseKeys(scheme, evidence);
  if ("kind" in keys) return keys;
  let outcome: Verdict = rejected("secret-missing", "There is no key to verify the token with.");
  for (const key of keys) {
    try {
      const jws = {
        protected: protectedHeader,
        payload: toBytes(content.parts).toString("base64url"),
        signature,
      };
      await flattenedVerify(jws, await key.resolve(scheme.algorithms), {
        algorithms: [...scheme.algorithms],
      });
      return verified(key.secretIndex);
    } catch (error) {
      outcome = toRejection(error);
    }
  }
  return outcome;
};
