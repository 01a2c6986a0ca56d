import { HooklineError } from "../../errors";
import type { Provider } from "../../providers/provider";
import type { SignatureScheme } from "../../signatures/scheme";
import { isManagedFor, type SendTarget } from "./send-target";

const isSignedBySecret = (scheme: SignatureScheme): boolean =>
  scheme.kind === "choice"
    ? Object.values(scheme.schemes).every(isSignedBySecret)
    : ["hmac", "keyed-hash", "jwt"].includes(scheme.kind);

/** Checks a flow before anything is signed for it. @throws HooklineError INPUT_INVALID where its secret is not known here. */
export const ensureSignable = (provider: Provider, target: SendTarget): void => {
  if (target.secret.trim() !== "") return;
  if (isManagedFor(target, provider))
    throw new HooklineError(
      "INPUT_INVALID",
      `Flow "${target.flow}" subscribes at ${provider.name} by itself, so its secret is known to the instance only. Let an event happen there, or at a stand-in where there is one ("hookline dev --stand-in"), or give the secret with --secret.`,
    );
  if (isSignedBySecret(provider.signature))
    throw new HooklineError(
      "INPUT_INVALID",
      `No secret is set for flow "${target.flow}", so nothing of ${provider.name} can be signed for it. Set it in the configuration, or give one with --secret.`,
    );
};
