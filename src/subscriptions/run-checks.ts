import type { SendRequest } from "../http/api-request";
import { readListing } from "./read-listing";
import type { Settings } from "./setting";
import type { Subscription } from "./subscription";

export interface CheckedApi {
  readonly subscription: Pick<Subscription, "checks" | "scope" | "hints">;
  readonly send: SendRequest;
  /** Texts that no message may repeat. */
  readonly secrets: readonly string[];
}

/** Looks at the provider whether the settings can come true. @throws HooklineError naming the input or the connection that is wrong. */
export const runChecks = async (
  { subscription, send, secrets }: CheckedApi,
  settings: Settings,
): Promise<void> => {
  const { checks = [], hints = {} } = subscription;
  const scope = subscription.scope?.(settings) ?? {};
  for (const { listing, verify } of checks) {
    const input = { settings, scope };
    const items = await readListing(send, {
      listing,
      input,
      what: "what can be subscribed to",
      hints,
      secrets,
    });
    verify(items, settings);
  }
};
