import { generateKeyPairSync } from "node:crypto";

/** A key pair as PEM; the public half stands in for a certificate, which carries nothing else that is used. */
export const createRsaKey = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
