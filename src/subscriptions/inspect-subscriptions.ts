import { findOurs } from "./find-ours";
import { type SubscriptionStatus, toStatus } from "./health";
import type { SubscriptionHost } from "./host";
import { isAt } from "./ledger";
import { openWork } from "./open-work";
import type { SubscriptionRecord } from "./record";
import type { ApiSubscription } from "./subscription";
import type { Wish } from "./wish";

/**
 * Looks what there is of ours at the provider, and changes nothing. Where the provider lists nothing, what
 * we noted is told as `unknown`.
 *
 * @throws HooklineError where the provider cannot be asked.
 */
export const inspectSubscriptions = async (
  subscription: ApiSubscription,
  wish: Wish,
  record: SubscriptionRecord | undefined,
  host: SubscriptionHost,
): Promise<readonly SubscriptionStatus[]> => {
  const work = openWork(subscription, wish, record, host);
  const { ledger, place } = work;
  const now = host.now();
  await findOurs(work, now);
  const there = new Set(ledger.all().map(({ id }) => id));
  const missing = (record?.subscriptions ?? []).filter(({ id }) => !there.has(id));
  const seen = subscription.list ? "live" : "unknown";
  return [
    ...ledger
      .all()
      .map((entry) => toStatus(wish.provider, entry, isAt(entry, place) ? seen : "unknown", now)),
    ...missing.map((entry) => toStatus(wish.provider, entry, "missing", now)),
  ];
};
