import { createPrivateKey } from "node:crypto";
import { FlattenedSign, SignJWT } from "jose";
import type { OutboundRequest } from "../../src/http/outbound-request";
import { writeCarrier } from "../../src/signatures/carrier";
import type { DetachedJwsScheme, JwtScheme } from "../../src/signatures/scheme";
import { toBytes } from "../../src/signatures/signed-content";
import { partsToSign } from "../../src/signatures/signing";

interface Making {
  readonly privateKey: string;
  readonly now: Date;
  readonly options?: Readonly<Record<string, string>>;
}

/** A JWT that only its provider can make, made with a key of the test. */
export const withJwt = async (
  scheme: JwtScheme,
  request: OutboundRequest,
  { privateKey, now }: Making,
): Promise<OutboundRequest> => {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const token = await new SignJWT({ ...scheme.sampleClaims?.(request) })
    .setProtectedHeader({ alg: scheme.algorithms[0]! })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 300)
    .sign(createPrivateKey(privateKey));
  return writeCarrier(scheme.token, token, request);
};

/** A detached JWS, likewise. */
export const withDetachedJws = async (
  scheme: DetachedJwsScheme,
  request: OutboundRequest,
  { privateKey, now, options = {} }: Making,
): Promise<OutboundRequest> => {
  const parts = partsToSign(
    scheme.content,
    request,
    { secret: "", now, options },
    { timestamp: "" },
  );
  const jws = await new FlattenedSign(toBytes(parts))
    .setProtectedHeader({ alg: scheme.algorithms[0]! })
    .sign(createPrivateKey(privateKey));
  return writeCarrier(scheme.token, `${jws.protected}..${jws.signature}`, request);
};
