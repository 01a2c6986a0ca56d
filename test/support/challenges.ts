import type { ChallengeContext } from "../../src/challenges/challenge";
import type { InboundRequest } from "../../src/http/inbound-request";
import { type OutboundRequest, toReceived } from "../../src/http/outbound-request";
import { ENDPOINT, NOW } from "./evidence";

/** A request as a challenge sees it. */
export const received = ({
  method = "POST",
  url = ENDPOINT,
  headers = {},
  body = Buffer.alloc(0),
}: Partial<Omit<OutboundRequest, "body">> & { readonly body?: string | Buffer }): InboundRequest =>
  toReceived({ method, url, headers, body: Buffer.from(body) }, NOW);

/** Nothing set and nothing verified, unless it is given. */
export const contextOf = (parts: Partial<ChallengeContext> = {}): ChallengeContext => ({
  isVerified: false,
  isSettingUp: true,
  isSecret: () => false,
  isVerifyToken: () => undefined,
  mac: () => undefined,
  options: {},
  ...parts,
});
