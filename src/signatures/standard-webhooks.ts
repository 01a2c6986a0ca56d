import { choice } from "./choice";
import { versions } from "./grammar";
import { hmac } from "./mac";
import { publicKey } from "./public-key";
import { ed25519Key } from "./public-keys";
import { base64Key } from "./secret-keys";
import type { SignedContent } from "./signed-content";
import { isUsable } from "./usable-secrets";

const PUBLIC_KEY_PREFIX = "whpk_";

const contentFor =
  (prefix: string): SignedContent =>
  ({ header, timestamp, body }) => [header(`${prefix}-id`), ".", timestamp, ".", body];

/** The symmetric half of Standard Webhooks. Senders differ only in their headers' prefix. */
export const standardHmac = (prefix: string) =>
  hmac({
    hash: "sha256",
    encoding: "base64",
    signature: { header: `${prefix}-signature`, grammar: versions("v1") },
    timestamp: { header: `${prefix}-timestamp`, unit: "seconds" },
    content: contentFor(prefix),
    key: base64Key("v1,whsec_", "whsec_"),
  });

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: a secret that starts with `whpk_` is an Ed25519 public key. */
export const standardWebhooks = (prefix = "webhook") =>
  choice({
    schemes: {
      v1: standardHmac(prefix),
      v1a: publicKey({
        algorithm: "ed25519",
        hash: "sha512",
        encoding: "base64",
        signature: { header: `${prefix}-signature`, grammar: versions("v1a") },
        timestamp: { header: `${prefix}-timestamp`, unit: "seconds" },
        content: contentFor(prefix),
        key: ed25519Key("base64", PUBLIC_KEY_PREFIX),
      }),
    },
    choose: ({ secrets }) =>
      secrets.some((secret) => isUsable(secret) && secret.startsWith(PUBLIC_KEY_PREFIX))
        ? "v1a"
        : "v1",
  });
