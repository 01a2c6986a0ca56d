import { type KeyObject, verify } from "node:crypto";
import { alternativesOf } from "./alternatives";
import { fetchPinnedKey, REFETCH_AFTER_MILLISECONDS } from "./fetched-keys";
import { bytesNote } from "./lost-bytes";
import { parseKey } from "./parsed-keys";
import { readSignatures } from "./read-signatures";
import { noTimestamp, readTimestamp, type TimestampReading } from "./replay-window";
import type { Evidence, KeySource, PublicKeyScheme, Verify } from "./scheme";
import { lacks, readSignedContent, toBytes } from "./signed-content";
import { isUsable, verifiedByAny } from "./usable-secrets";
import { type Rejected, rejected, type Verdict, verified } from "./verdict";

export const publicKey = (scheme: Omit<PublicKeyScheme, "kind">): PublicKeyScheme => ({
  ...scheme,
  kind: "public-key",
});

interface Signatures {
  readonly signatures: readonly Buffer[];
  readonly contents: readonly Buffer[];
  readonly time: TimestampReading;
}

const matches = (scheme: PublicKeyScheme, key: KeyObject, { signatures, contents }: Signatures) => {
  const hash = scheme.algorithm === "ed25519" ? null : scheme.hash;
  return contents.some((content) =>
    signatures.some((signature) => {
      try {
        return verify(hash, content, key, signature);
      } catch {
        return false;
      }
    }),
  );
};

const readContents = (
  { content }: PublicKeyScheme,
  { request, options }: Evidence,
  timestamp: string,
): readonly Buffer[] | Rejected => {
  const contents: Buffer[] = [];
  for (const alternative of alternativesOf(content)) {
    const reading = readSignedContent(alternative, request, { timestamp, options });
    if ("missing" in reading) return lacks(reading.missing);
    contents.push(toBytes(reading.parts));
  }
  return contents;
};

const readEvidence = (scheme: PublicKeyScheme, evidence: Evidence): Signatures | Rejected => {
  const signatures = readSignatures(scheme, evidence.request, undefined);
  if ("kind" in signatures) return signatures;
  const time = scheme.timestamp
    ? readTimestamp(scheme.timestamp, evidence.request, evidence)
    : noTimestamp;
  if ("kind" in time) return time;
  const contents = readContents(scheme, evidence, time.text);
  return "kind" in contents ? contents : { signatures, contents, time };
};

/** What was served may have been an error page: then it is asked for once more, unless that was just now. */
const fetchKey = async (
  scheme: PublicKeyScheme,
  source: KeySource,
  evidence: Evidence,
): Promise<KeyObject | Rejected> => {
  for (const maximumAge of [undefined, REFETCH_AFTER_MILLISECONDS]) {
    const text = await fetchPinnedKey(source, evidence, maximumAge);
    const key = typeof text === "string" ? parseKey(scheme, text) : text;
    if (key) return key;
  }
  return rejected("key-unavailable", `What ${source.host} served is not a public key.`);
};

const verifyWithFetched = async (
  scheme: PublicKeyScheme,
  evidence: Evidence,
  read: Signatures,
): Promise<Verdict> => {
  if (!scheme.source)
    return rejected(
      "secret-missing",
      "Put the provider's public key into the Signing Secret connection.",
    );
  const key = await fetchKey(scheme, scheme.source, evidence);
  if ("kind" in key) return key;
  return matches(scheme, key, read)
    ? verified(null, read.time.sentAt)
    : bytesNote(
        rejected("signature-mismatch", "The provider's public key does not match."),
        evidence.request,
      );
};

const verifyWithGiven = (
  scheme: PublicKeyScheme,
  evidence: Evidence,
  read: Signatures,
): Verdict => {
  const verdict = verifiedByAny(
    evidence.secrets,
    (secret) => {
      const key = parseKey(scheme, secret);
      return key && matches(scheme, key, read);
    },
    read.time.sentAt,
  );
  return verdict.kind === "verified" ? verdict : bytesNote(verdict, evidence.request);
};

const checkClaims = (scheme: PublicKeyScheme, evidence: Evidence, verdict: Verdict): Verdict => {
  const problem = verdict.kind === "verified" ? scheme.claims?.(evidence) : undefined;
  return problem === undefined ? verdict : rejected("claim-mismatch", problem);
};

/** A key given as the secret is used instead of one that would have to be fetched. */
export const verifyPublicKey: Verify<PublicKeyScheme> = (scheme, evidence) => {
  const read = readEvidence(scheme, evidence);
  if ("kind" in read) return read;
  return evidence.secrets.some(isUsable)
    ? checkClaims(scheme, evidence, verifyWithGiven(scheme, evidence, read))
    : verifyWithFetched(scheme, evidence, read).then((verdict) =>
        checkClaims(scheme, evidence, verdict),
      );
};
