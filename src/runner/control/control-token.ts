import { randomBytes } from "node:crypto";
import { sameText } from "../../signatures/shared-token";

/** Who has it may drive the instance. A runner has another one with each start. */
export const createControlToken = (): string => randomBytes(32).toString("base64url");

const BEARER = "Bearer ";

/** Whether an Authorization header carries the token. */
export const createTokenCheck =
  (token: string) =>
  (authorization = ""): boolean =>
    authorization.startsWith(BEARER) && sameText(authorization.slice(BEARER.length), token);
