import type { ChallengeContext, ChallengeOutcome } from "../challenges/challenge";
import { HooklineError } from "../errors";
import type { InboundRequest } from "../http/inbound-request";
import { macOfText } from "../signatures/mac-of-text";
import { sameText } from "../signatures/shared-token";
import { isUsable } from "../signatures/usable-secrets";
import type { DeliverySettings } from "./settings";

const toContext = (
  { provider, secrets, verifyToken, options, isSettingUp }: DeliverySettings,
  isVerified: boolean,
): ChallengeContext => ({
  isVerified,
  isSettingUp: isSettingUp ?? !secrets.some(isUsable),
  isSecret: (text) => secrets.some((secret) => isUsable(secret) && sameText(text, secret)),
  isVerifyToken: (text) => (isUsable(verifyToken) ? sameText(text, verifyToken) : undefined),
  mac: (text) => macOfText(provider.signature, secrets, text),
  options,
});

const confirm = async (url: string, { fetchText }: DeliverySettings): Promise<void> => {
  try {
    await fetchText(url);
  } catch (cause) {
    throw new HooklineError(
      "HANDSHAKE_FAILED",
      `The subscription could not be confirmed at ${new URL(url).host}. The provider will try again.`,
      { cause, retryable: true },
    );
  }
};

/** Answers the handshake, if this is one that is due: before verification the unsigned, after it the signed. */
export const answerChallenge = async (
  request: InboundRequest,
  settings: DeliverySettings,
  isVerified: boolean,
): Promise<ChallengeOutcome | undefined> => {
  const { challenge } = settings.provider;
  if (!challenge || challenge.signed === !isVerified) return undefined;
  const outcome = challenge.answer(request, toContext(settings, isVerified));
  if (outcome?.kind === "answered" && outcome.confirmationUrl !== undefined)
    await confirm(outcome.confirmationUrl, settings);
  return outcome;
};
