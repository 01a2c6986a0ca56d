import { HooklineError } from "../../src/errors";
import { type OutboundRequest, toReceived } from "../../src/http/outbound-request";
import type { Provider, Sample } from "../../src/providers/provider";
import type { Evidence, SignatureScheme, SingleScheme } from "../../src/signatures/scheme";
import { sign } from "../../src/signatures/sign";
import { keyPairOf, keyTypeOf, toPrefixedKey } from "./key-pairs";
import { withDetachedJws, withJwt } from "./make-token";
import { toOutbound } from "./provider-deliveries";
import { recordingOf, toRequest, type Vector } from "./vectors";

/** A delivery that must be accepted, and everything that has to be known to accept it. */
export interface Genuine {
  readonly name: string;
  readonly provider: Provider;
  /** The one of the provider's schemes that holds here. */
  readonly scheme: SingleScheme;
  readonly schemeName: string;
  readonly request: OutboundRequest;
  readonly secrets: readonly string[];
  readonly username: string | undefined;
  readonly verifyToken: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly now: Date;
  /** What each address of a key serves. */
  readonly keys: Readonly<Record<string, string>>;
}

export const toEvidence = (
  genuine: Pick<Genuine, "request" | "secrets" | "username" | "options" | "now" | "keys">,
): Evidence => ({
  request: toReceived(genuine.request, genuine.now),
  secrets: genuine.secrets,
  ...(genuine.username !== undefined && { username: genuine.username }),
  options: genuine.options,
  now: genuine.now,
  fetchKey: async (url) => {
    const text = genuine.keys[url];
    if (text === undefined) throw new Error(`Nothing is served at ${url}.`);
    return text;
  },
});

export const schemesOf = (signature: SignatureScheme): Readonly<Record<string, SingleScheme>> =>
  signature.kind === "choice" ? signature.schemes : { only: signature };

const chosenName = (signature: SignatureScheme, evidence: Evidence): string =>
  signature.kind === "choice" ? signature.choose(evidence) : "only";

const chosen = (provider: Provider, genuine: Omit<Genuine, "scheme" | "schemeName">): Genuine => {
  const schemeName = chosenName(provider.signature, toEvidence(genuine));
  return { ...genuine, schemeName, scheme: schemesOf(provider.signature)[schemeName]! };
};

export const fromVector = (provider: Provider, vector: Vector): Genuine =>
  chosen(provider, {
    name: `recorded: ${vector.name}`,
    provider,
    request: toRequest(vector.request),
    secrets: vector.secret === undefined ? [] : [vector.secret],
    username: vector.username,
    verifyToken: vector.verifyToken,
    options: { ...provider.sampleOptions, ...vector.options },
    now: new Date(vector.now),
    keys: vector.keys ?? {},
  });

export const recordedDeliveries = (provider: Provider): readonly Genuine[] =>
  recordingOf(provider.id)
    .vectors.filter(({ kind }) => kind === "delivery")
    .map((vector) => fromVector(provider, vector));

export const SIGNED_AT = new Date("2026-03-01T10:00:05.000Z");

/** 64 hexadecimal digits are a text, and they are hexadecimal, and they are base64. */
export const TEXT_SECRET = "c4a1d09f2b7e63581fa0c6d94e8b273ad15f60b7928ce43da6017f5b9e2d84c3";

/** The secret that signs and the one that verifies, in the forms that providers hand out. */
const secretPairs = (scheme: SingleScheme): readonly (readonly [string, string])[] => {
  if (scheme.kind === "public-key") {
    const { privateKey, publicKey } = keyPairOf(keyTypeOf(scheme.algorithm));
    return [
      [privateKey, publicKey],
      [privateKey, toPrefixedKey(publicKey)],
    ];
  }
  const algorithm = "algorithms" in scheme ? scheme.algorithms[0]! : "HS";
  if (!algorithm.startsWith("HS")) {
    const { privateKey, publicKey } = keyPairOf(keyTypeOf(algorithm));
    return [[privateKey, publicKey]];
  }
  return [
    [TEXT_SECRET, TEXT_SECRET],
    [`whsec_${TEXT_SECRET}`, `whsec_${TEXT_SECRET}`],
  ];
};

const USERNAME = "zoë";

/** Signs as the provider would; what only the provider can sign is signed here with a key of the test. */
export const signWith = (
  scheme: SingleScheme,
  request: OutboundRequest,
  secret: string,
  { options = {}, now = SIGNED_AT }: { options?: Record<string, string>; now?: Date },
): Promise<OutboundRequest> => {
  const making = { privateKey: secret, now, options };
  if (scheme.kind === "detached-jws") return withDetachedJws(scheme, request, making);
  if (scheme.kind === "jwt" && !scheme.algorithms[0]!.startsWith("HS"))
    return withJwt(scheme, request, making);
  return sign(scheme, request, { secret, now, username: USERNAME, options });
};

/** A sample may lack a header that only another of the provider's schemes signs. */
const toNothing = (error: unknown): undefined => {
  if (!(error instanceof HooklineError && error.code === "INPUT_INVALID")) throw error;
};

const signSample = async (
  provider: Provider,
  [type, sample]: readonly [string, Sample],
  [schemeName, scheme]: readonly [string, SingleScheme],
  now: Date,
): Promise<Genuine | undefined> => {
  const options = { ...provider.sampleOptions };
  for (const [signing, verifying] of secretPairs(scheme)) {
    const request = await signWith(scheme, toOutbound(sample), signing, { options, now }).catch(
      toNothing,
    );
    if (!request) continue;
    const genuine = chosen(provider, {
      name: `signed by us: ${type}${schemeName === "only" ? "" : ` (${schemeName})`}`,
      provider,
      request,
      secrets: [verifying],
      username: scheme.kind === "basic" ? USERNAME : undefined,
      verifyToken: undefined,
      options,
      now,
      keys: {},
    });
    if (genuine.schemeName === schemeName) return genuine;
  }
  return undefined;
};

/** Every sample with every scheme of the provider that its form allows. */
export const signedSamples = async (
  provider: Provider,
  now: Date = SIGNED_AT,
): Promise<readonly Genuine[]> => {
  const signed: Genuine[] = [];
  for (const sample of Object.entries(provider.samples))
    for (const scheme of Object.entries(schemesOf(provider.signature))) {
      const genuine = await signSample(provider, sample, scheme, now);
      if (genuine) signed.push(genuine);
    }
  return signed;
};
