import type { Outcome } from "../../src/delivery/outcome";
import { processDelivery } from "../../src/delivery/process-delivery";
import type { DeliverySettings } from "../../src/delivery/settings";
import { toReceived } from "../../src/http/outbound-request";
import { forgetFetchedKeys } from "../../src/signatures/fetched-keys";
import type { Verdict } from "../../src/signatures/verdict";
import { verifySignature } from "../../src/signatures/verify-signature";
import { type Genuine, toEvidence } from "./genuine";
import type { Tampered } from "./tampering";

/** Two recordings may serve two keys at one address, so none is kept from one to the next. */
export const judge = async (genuine: Genuine): Promise<Verdict> => {
  forgetFetchedKeys();
  return verifySignature(genuine.provider.signature, toEvidence(genuine));
};

/** The reason of a rejection, or the kind of any other verdict. */
export const verdictOf = async (genuine: Genuine): Promise<string> => {
  const verdict = await judge(genuine);
  return verdict.kind === "rejected" ? verdict.reason : verdict.kind;
};

/** Changes that were not rejected, or for another reason than theirs. */
export const wronglyJudged = async (changes: readonly Tampered[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const { genuine, change, reasons } of changes) {
    const verdict = await verdictOf(genuine);
    if (!(reasons as readonly string[]).includes(verdict))
      found.push(`${genuine.name}, ${change}: ${verdict} instead of ${reasons.join(" or ")}`);
  }
  return found;
};

/** What becomes of the whole delivery. */
export const deliver = (
  genuine: Genuine,
  settings: Partial<DeliverySettings> = {},
): Promise<Outcome> => {
  forgetFetchedKeys();
  return processDelivery(toReceived(genuine.request, genuine.now), {
    provider: genuine.provider,
    secrets: genuine.secrets,
    ...(genuine.username !== undefined && { username: genuine.username }),
    ...(genuine.verifyToken !== undefined && { verifyToken: genuine.verifyToken }),
    options: genuine.options,
    now: genuine.now,
    fetchText: toEvidence(genuine).fetchKey,
    ...settings,
  });
};
