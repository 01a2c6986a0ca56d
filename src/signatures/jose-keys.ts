import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  importSPKI,
  importX509,
  type JWSHeaderParameters,
} from "jose";
import { HooklineError } from "../errors";
import { fetchPinnedKey } from "./fetched-keys";
import type { Evidence, KeySource } from "./scheme";
import { isUsable, noSecret } from "./usable-secrets";
import { type Rejected, rejected } from "./verdict";

export type KeyLookup = (
  header: JWSHeaderParameters,
  token: FlattenedJWSInput,
) => Promise<CryptoKey | Uint8Array>;

export interface JoseKey {
  /** The secret's place in the list; `null` for keys that were fetched. */
  readonly secretIndex: number | null;
  /** Throws a HooklineError where the key's text is not a key. */
  readonly lookup: KeyLookup;
  /** What it means when it does. */
  readonly unusable: Rejected;
}

export interface JoseScheme {
  readonly algorithms: readonly string[];
  readonly source?: KeySource;
}

const unfitSecret = rejected(
  "secret-missing",
  "The signing secret is not a key of the form that this provider hands out.",
);

const isSymmetric = ({ algorithms }: JoseScheme): boolean =>
  algorithms.every((algorithm) => algorithm.startsWith("HS"));

/** The token's algorithm was compared with the definition's before a key is asked for. */
const toPublicKeyLookup = (text: string): KeyLookup => {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return createLocalJWKSet(JSON.parse(trimmed));
  const read = trimmed.includes("BEGIN CERTIFICATE") ? importX509 : importSPKI;
  return ({ alg = "" }) => read(trimmed, alg);
};

/** Tells an unusable key from a token that no key fits. */
const guarded =
  (text: string, toLookup: (text: string) => KeyLookup): KeyLookup =>
  async (header, token) => {
    try {
      return await toLookup(text)(header, token);
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey) throw cause;
      if (cause instanceof errors.JWKSMultipleMatchingKeys) throw cause;
      throw new HooklineError("KEY_UNAVAILABLE", "The key could not be read.", { cause });
    }
  };

const toSecretLookup =
  (text: string): KeyLookup =>
  async () =>
    Buffer.from(text);

/** The keys that the pinned host serves; `maximumAgeMilliseconds` bounds how old a kept answer may be. */
export const fetchJoseKeys = async (
  source: KeySource,
  evidence: Evidence,
  maximumAgeMilliseconds?: number,
): Promise<readonly JoseKey[] | Rejected> => {
  const text = await fetchPinnedKey(source, evidence, maximumAgeMilliseconds);
  if (typeof text !== "string") return text;
  const unusable = rejected("key-unavailable", `What ${source.host} served is not a key set.`);
  return [{ secretIndex: null, lookup: guarded(text, toPublicKeyLookup), unusable }];
};

/** The secrets as keys, newest first; where none is given, the keys that the pinned host serves. */
export const readJoseKeys = async (
  scheme: JoseScheme,
  evidence: Evidence,
): Promise<readonly JoseKey[] | Rejected> => {
  const toLookup = isSymmetric(scheme) ? toSecretLookup : toPublicKeyLookup;
  const keys = evidence.secrets.flatMap((secret, secretIndex) =>
    isUsable(secret)
      ? [{ secretIndex, lookup: guarded(secret, toLookup), unusable: unfitSecret }]
      : [],
  );
  if (keys.length > 0) return keys;
  return scheme.source ? fetchJoseKeys(scheme.source, evidence) : noSecret;
};
