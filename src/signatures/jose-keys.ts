import {
  type CryptoKey,
  createLocalJWKSet,
  type FlattenedJWSInput,
  importSPKI,
  importX509,
  type JWSHeaderParameters,
} from "jose";
import { fetchPinnedKey } from "./fetched-keys";
import type { Evidence, KeySource } from "./scheme";
import { isUsable, noSecret } from "./usable-secrets";
import { type Rejected, rejected } from "./verdict";

type KeyLookup = (header?: JWSHeaderParameters, token?: FlattenedJWSInput) => Promise<CryptoKey>;

export interface JoseKey {
  /** The secret's place in the list; `null` for keys that were fetched. */
  readonly secretIndex: number | null;
  readonly resolve: (algorithms: readonly string[]) => Promise<KeyLookup>;
}

const isSymmetric = (algorithms: readonly string[]): boolean =>
  algorithms.every((algorithm) => algorithm.startsWith("HS"));

const importKey = async (text: string, algorithms: readonly string[]): Promise<KeyLookup> => {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return createLocalJWKSet(JSON.parse(trimmed)) as KeyLookup;
  const [algorithm = ""] = algorithms;
  const key = await (trimmed.includes("BEGIN CERTIFICATE")
    ? importX509(trimmed, algorithm)
    : importSPKI(trimmed, algorithm));
  return async () => key;
};

const importSecret = async (secret: string): Promise<KeyLookup> => {
  const key = await crypto.subtle.importKey(
    "raw",
    Buffer.from(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  return async () => key as CryptoKey;
};

interface JoseScheme {
  readonly algorithms: readonly string[];
  readonly source?: KeySource;
}

/** The secrets as keys, newest first; where none is given, the set of keys that the pinned host serves. */
export const readJoseKeys = async (
  { algorithms, source }: JoseScheme,
  evidence: Evidence,
): Promise<readonly JoseKey[] | Rejected> => {
  const secrets = evidence.secrets.flatMap((secret, secretIndex) =>
    isUsable(secret) ? [{ secret, secretIndex }] : [],
  );
  if (secrets.length > 0)
    return secrets.map(({ secret, secretIndex }) => ({
      secretIndex,
      resolve: (allowed) =>
        isSymmetric(allowed) ? importSecret(secret) : importKey(secret, allowed),
    }));
  if (!source) return noSecret;
  const text = await fetchPinnedKey(source, evidence);
  if (typeof text !== "string") return text;
  return isReadable(text)
    ? [{ secretIndex: null, resolve: () => importKey(text, algorithms) }]
    : rejected("key-unavailable", `What ${source.host} served is not a key set.`);
};

const isReadable = (text: string): boolean => {
  try {
    return text.includes("-----BEGIN ") || Array.isArray(JSON.parse(text).keys);
  } catch {
    return false;
  }
};
