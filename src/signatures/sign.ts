import { createPrivateKey, type KeyObject, sign as signBytes } from "node:crypto";
import { SignJWT } from "jose";
import { HooklineError } from "../errors";
import { type OutboundRequest, toReceived } from "../http/outbound-request";
import { basicCarrier } from "./basic";
import { type Carrier, writeCarrier } from "./carrier";
import { schemeCalled } from "./choice";
import type {
  ChoiceScheme,
  JwtScheme,
  PublicKeyScheme,
  SignatureScheme,
  SingleScheme,
} from "./scheme";
import { signMac } from "./sign-mac";
import { toBytes } from "./signed-content";
import { first, partsToSign, type Sign, type Signing, withTimestamp } from "./signing";

const cannotSign = (kind: string) =>
  new HooklineError(
    "INPUT_INVALID",
    `A delivery with a ${kind} signature can only be made by the provider.`,
  );

const readPrivateKey = (secret: string): KeyObject => {
  try {
    return createPrivateKey(secret);
  } catch (cause) {
    throw new HooklineError(
      "INPUT_INVALID",
      "This provider signs with a private key: give a PEM private key as the secret.",
      { cause },
    );
  }
};

const signPublicKey: Sign<PublicKeyScheme> = (scheme, request, signing) => {
  const timed = withTimestamp(scheme.timestamp, request, signing.now);
  const parts = partsToSign(scheme.content, timed.request, signing, { timestamp: timed.text });
  const hash = scheme.algorithm === "ed25519" ? null : scheme.hash;
  const signature = signBytes(hash, toBytes(parts), readPrivateKey(signing.secret)).toString(
    scheme.encoding,
  );
  return writeCarrier(first<Carrier>(scheme.signature), signature, timed.request);
};

const signJwt: Sign<JwtScheme> = async (scheme, request, { secret, now }) => {
  const [algorithm = ""] = scheme.algorithms;
  if (!algorithm.startsWith("HS")) throw cannotSign("JWT");
  const issuedAt = Math.floor(now.getTime() / 1000);
  const token = await new SignJWT({ ...scheme.sampleClaims?.(request) })
    .setProtectedHeader({ alg: algorithm })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 300)
    .sign(Buffer.from(secret));
  return writeCarrier(scheme.token, token, request);
};

type Signers = {
  readonly [Kind in SingleScheme["kind"]]: Sign<Extract<SingleScheme, { kind: Kind }>>;
};

const signers: Signers = {
  hmac: signMac,
  "keyed-hash": signMac,
  "public-key": signPublicKey,
  jwt: signJwt,
  "detached-jws": () => {
    throw cannotSign("detached JWS");
  },
  "shared-token": ({ token }, request, { secret }) => writeCarrier(token, secret, request),
  basic: (_scheme, request, { secret, username = "" }) =>
    writeCarrier(basicCarrier, Buffer.from(`${username}:${secret}`).toString("base64"), request),
  none: (_scheme, request) => request,
};

/** The scheme that a receiver with this secret and these settings would expect. */
const chooseExpected = (
  { choose }: ChoiceScheme,
  request: OutboundRequest,
  { secret, options = {}, now }: Signing,
): string =>
  choose({
    request: toReceived(request, now),
    secrets: [secret],
    options,
    now,
    fetchKey: () => Promise.reject(cannotSign("fetched key's")),
  });

const pick = (scheme: ChoiceScheme, request: OutboundRequest, signing: Signing): SingleScheme =>
  schemeCalled(scheme, signing.scheme ?? chooseExpected(scheme, request, signing));

/** Makes the request a genuine delivery, as the provider itself would: the same definition that verifies also signs. */
export const sign = async (
  scheme: SignatureScheme,
  request: OutboundRequest,
  signing: Signing,
): Promise<OutboundRequest> => {
  const single = scheme.kind === "choice" ? pick(scheme, request, signing) : scheme;
  return (signers[single.kind] as Sign<SingleScheme>)(single, request, signing);
};
