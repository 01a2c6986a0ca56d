import { HooklineError } from "../errors";
import type { ApiAnswer, ApiRequest, SendRequest } from "../http/api-request";
import type { SubscriptionHost } from "./host";
import type { Ledger, Place } from "./ledger";
import type { SubscriptionRecord } from "./record";
import { toRefusal } from "./refusal";
import type { ApiSubscription } from "./subscription";
import type { Wish } from "./wish";

/** Everything that a step at one place of one provider needs. */
export interface Work {
  readonly subscription: ApiSubscription;
  readonly wish: Wish;
  readonly record: SubscriptionRecord | undefined;
  readonly host: SubscriptionHost;
  readonly place: Place;
  /** Open at the place. */
  readonly ledger: Ledger;
  readonly send: SendRequest;
  /** Texts that no message may repeat. */
  readonly secrets: readonly string[];
  /** Ids that this deploy has made, to take back if it fails. */
  readonly made: Set<string>;
  /** Keys that the provider says are taken. */
  readonly conflicts: Set<string>;
}

/** `settled`: as asked. `again`: another round has to follow. `open`: it may have been made, and only a look at what is there can tell. */
export type Result = "settled" | "again" | "open";

export const tell = ({ host }: Work, done: string, key: string): void =>
  host.log(`${done} "${key}".`);

/** Nothing where no answer came. */
export const sendOnce = async (
  { send }: Work,
  request: ApiRequest,
): Promise<ApiAnswer | undefined> => {
  try {
    return await send(request);
  } catch (error) {
    if (error instanceof HooklineError && error.code === "PROVIDER_UNREACHABLE") return undefined;
    throw error;
  }
};

export const fail = (work: Work, attempt: string, answer: ApiAnswer): never => {
  throw toRefusal({ attempt, answer, hints: work.subscription.hints, secrets: work.secrets });
};
