import { createHash } from "node:crypto";
import { decodeStrictly } from "./encoding";

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

type ToKey = (secret: string) => Uint8Array | undefined;

/** Decoding a secret costs as much as comparing, and the secret is nearly always the same. */
const rememberingLast = (toKey: ToKey): ToKey => {
  let last: { readonly secret: string; readonly key: ReturnType<ToKey> } | undefined;
  return (secret) => {
    if (last?.secret !== secret) last = { secret, key: toKey(secret) };
    return last.key;
  };
};

/** Base64 after stripping the prefixes that providers print in front of it; padding may be absent, as people lose it when copying. */
export const base64Key = (...prefixes: readonly string[]): ToKey =>
  rememberingLast((secret) => {
    const prefix = prefixes.find((candidate) => secret.startsWith(candidate)) ?? "";
    const text = secret.slice(prefix.length).trim();
    return BASE64.test(text) ? Buffer.from(text, "base64") : undefined;
  });

export const hexKey = (secret: string): Uint8Array | undefined =>
  decodeStrictly(secret.trim(), "hex");

/** The SHA-1 of the secret is the key. */
export const sha1Key = (secret: string): Uint8Array => createHash("sha1").update(secret).digest();
