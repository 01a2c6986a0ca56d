import { createHash, createHmac, type Hash, type Hmac, timingSafeEqual } from "node:crypto";
import { readJsonBody } from "../http/json-body";
import { readPathAll } from "../http/json-path";
import { alternativesOf } from "./alternatives";
import { bytesNote } from "./lost-bytes";
import { readSignatures } from "./read-signatures";
import { noTimestamp, readTimestamp } from "./replay-window";
import type { ContentContext } from "./request-pieces";
import type { Evidence, HmacScheme, KeyedHashScheme, MacScheme, Verify } from "./scheme";
import type { Part } from "./signed";
import { lacks, readSignedContent, type SignedContent } from "./signed-content";
import { verifiedByAny } from "./usable-secrets";
import { rejected, type Verdict } from "./verdict";

export const hmac = (scheme: Omit<HmacScheme, "kind">): HmacScheme => ({ ...scheme, kind: "hmac" });

/** A plain hash over content that holds the secret. Weaker than an HMAC: only for providers that have nothing else. */
export const keyedHash = (scheme: Omit<KeyedHashScheme, "kind" | "key">): KeyedHashScheme => ({
  ...scheme,
  kind: "keyed-hash",
});

const digestSizes: Record<MacScheme["hash"], number> = { sha1: 20, sha256: 32, sha512: 64 };

/** Neighbouring texts go in as one, because every update costs as much as hashing some hundred bytes. */
const addParts = (digest: Hash | Hmac, parts: readonly Part[]): void => {
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") text += part;
    else {
      if (text !== "") digest.update(text);
      text = "";
      digest.update(part);
    }
  }
  if (text !== "") digest.update(text);
};

/** The MAC over the parts; `undefined` where the secret is not of the scheme's form. */
export const createMac = (
  { kind, hash, key }: Pick<MacScheme, "kind" | "hash" | "key">,
  secret: string,
  parts: readonly Part[],
): Buffer | undefined => {
  const keyBytes = key ? key(secret) : secret;
  if (keyBytes === undefined || keyBytes.length === 0) return undefined;
  const digest = kind === "hmac" ? createHmac(hash, keyBytes) : createHash(hash);
  addParts(digest, parts);
  return digest.digest();
};

const sameAsAny = (expected: Buffer | undefined, given: readonly Buffer[]): boolean | undefined =>
  expected && given.some((signature) => timingSafeEqual(signature, expected));

type PartsOf = (secret: string) => readonly Part[];

/** Reads the content once, or once a secret where the content holds it. */
const readParts = (
  scheme: MacScheme,
  content: SignedContent,
  evidence: Evidence,
  context: ContentContext,
): PartsOf | { readonly missing: string } => {
  const reading = readSignedContent(content, evidence.request, context);
  if ("missing" in reading) return reading;
  if (scheme.kind === "hmac") return () => reading.parts;
  return (secret) => {
    const keyed = readSignedContent(content, evidence.request, { ...context, secret });
    return "parts" in keyed ? keyed.parts : [];
  };
};

const verifyItem = (scheme: MacScheme, evidence: Evidence, item?: unknown): Verdict => {
  const { request, secrets, options } = evidence;
  const signatures = readSignatures(scheme, request, digestSizes[scheme.hash], item);
  if ("kind" in signatures) return signatures;

  const signedInBody = scheme.timestamp !== undefined && "json" in scheme.timestamp;
  const readTime = () =>
    scheme.timestamp ? readTimestamp(scheme.timestamp, request, evidence) : noTimestamp;
  const early = signedInBody ? noTimestamp : readTime();
  if ("kind" in early) return early;

  const context = { timestamp: early.text, options, item };
  const alternatives: PartsOf[] = [];
  for (const content of alternativesOf(scheme.content)) {
    const parts = readParts(scheme, content, evidence, context);
    if ("missing" in parts) return lacks(parts.missing);
    alternatives.push(parts);
  }
  const verdict = verifiedByAny(
    secrets,
    (secret) => matchesAny(scheme, secret, alternatives, signatures),
    early.sentAt,
  );
  if (verdict.kind !== "verified") return bytesNote(verdict, request);
  if (!signedInBody) return verdict;
  const late = readTime();
  return "kind" in late ? late : { ...verdict, sentAt: late.sentAt };
};

const matchesAny = (
  scheme: MacScheme,
  secret: string,
  alternatives: readonly PartsOf[],
  signatures: readonly Buffer[],
): boolean | undefined => {
  let outcome: boolean | undefined;
  for (const partsOf of alternatives) {
    outcome = sameAsAny(createMac(scheme, secret, partsOf(secret)), signatures);
    if (outcome !== false) return outcome;
  }
  return outcome;
};

/** Every entry of the batch must verify, and there must be one. */
const verifyEach = (scheme: MacScheme, path: string, evidence: Evidence): Verdict => {
  const items = readPathAll(readJsonBody(evidence.request), path);
  let verdict: Verdict = rejected("signature-missing", `The body holds no ${path}.`);
  for (const item of items) {
    verdict = verifyItem(scheme, evidence, item);
    if (verdict.kind !== "verified") return verdict;
  }
  return verdict;
};

export const verifyMac: Verify<MacScheme> = (scheme, evidence) =>
  scheme.each === undefined
    ? verifyItem(scheme, evidence)
    : verifyEach(scheme, scheme.each, evidence);
