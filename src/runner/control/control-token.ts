import { createHash, randomBytes } from "node:crypto";

/** Who has it may drive the instance. A runner has another one with each start. */
export const createControlToken = (): string => randomBytes(32).toString("base64url");

const toDigest = (text: string): string => createHash("sha256").update(text).digest("hex");

const BEARER = "Bearer ";

/** Compares digests, so that the time it takes tells nothing about the token. */
export const createTokenCheck = (
  token: string,
): ((authorization: string | undefined) => boolean) => {
  const wanted = toDigest(token);
  return (authorization = "") =>
    authorization.startsWith(BEARER) && toDigest(authorization.slice(BEARER.length)) === wanted;
};
