import { generateKeyPairSync, type KeyObject } from "node:crypto";

export interface KeyPair {
  /** PEM, PKCS #8. */
  readonly privateKey: string;
  /** PEM, SPKI. */
  readonly publicKey: string;
}

type KeyType = "ed25519" | "P-256" | "P-384" | "P-521" | "rsa";

const generate = (type: KeyType): { publicKey: KeyObject; privateKey: KeyObject } => {
  if (type === "ed25519") return generateKeyPairSync("ed25519");
  if (type === "rsa") return generateKeyPairSync("rsa", { modulusLength: 2048 });
  return generateKeyPairSync("ec", { namedCurve: type });
};

export const createKeyPair = (type: KeyType): KeyPair => {
  const { publicKey, privateKey } = generate(type);
  return {
    privateKey: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    publicKey: publicKey.export({ format: "pem", type: "spki" }).toString(),
  };
};

const kept = new Map<string, KeyPair>();

const keep = (type: KeyType, name: string): KeyPair => {
  const pair = kept.get(type + name) ?? createKeyPair(type);
  kept.set(type + name, pair);
  return pair;
};

/** One pair a type for the whole test file: making RSA keys is slow. */
export const keyPairOf = (type: KeyType): KeyPair => keep(type, "");

/** Another pair of the same type. */
export const otherKeyPairOf = (type: KeyType): KeyPair => keep(type, "other");

const types: Record<string, KeyType> = {
  ed25519: "ed25519",
  ecdsa: "P-256",
  rsa: "rsa",
  ES256: "P-256",
  ES384: "P-384",
  ES512: "P-521",
  EdDSA: "ed25519",
  RS256: "rsa",
  RS384: "rsa",
  RS512: "rsa",
  PS256: "rsa",
};

/** The type of key that a scheme's algorithm, or a JWT's, needs. */
export const keyTypeOf = (algorithm: string): KeyType => {
  const type = types[algorithm];
  if (type) return type;
  throw new Error(`The tests have no key for ${algorithm}.`);
};

/** An Ed25519 key as Standard Webhooks writes it: `whpk_` and its 32 bytes. */
export const toPrefixedKey = (publicKey: string): string => {
  const spki = Buffer.from(publicKey.replace(/-----[A-Z ]+-----|\n/g, ""), "base64");
  return `whpk_${spki.subarray(-32).toString("base64")}`;
};
