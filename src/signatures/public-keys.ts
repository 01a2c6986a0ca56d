import { createPublicKey, type KeyObject } from "node:crypto";

const PEM = /-----BEGIN /;
const ED25519_SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const ED25519_BYTES = 32;

const spki = (der: Buffer): KeyObject => createPublicKey({ key: der, format: "der", type: "spki" });

/** A PEM public key or an X.509 certificate. */
export const pemKey = (text: string): KeyObject => createPublicKey(text.trim());

/** A PEM, or the base64 between its lines. */
export const spkiKey = (text: string): KeyObject =>
  PEM.test(text) ? pemKey(text) : spki(Buffer.from(text.trim(), "base64"));

/** The 32 raw bytes of an Ed25519 key, after a prefix that the provider prints; or a PEM. */
export const ed25519Key =
  (encoding: "hex" | "base64", prefix = "") =>
  (text: string): KeyObject => {
    if (PEM.test(text)) return pemKey(text);
    const bytes = Buffer.from(
      text.trim().slice(text.trim().startsWith(prefix) ? prefix.length : 0),
      encoding,
    );
    if (bytes.length !== ED25519_BYTES) throw new TypeError("An Ed25519 public key has 32 bytes.");
    return spki(Buffer.concat([ED25519_SPKI_PREFIX, bytes]));
  };
