import { createCaller } from "./caller";
import { connectApi } from "./connect";
import { connectWithin } from "./connect-within";
import { findOurs } from "./find-ours";
import { type SubscriptionStatus, toStatus } from "./health";
import type { SubscriptionHost } from "./host";
import { createLedger, isAt } from "./ledger";
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
  const { baseUrl, send } = connectApi(subscription.access, wish.fields, connectWithin(host));
  const scope = subscription.scope?.(wish.settings) ?? {};
  const place = { scope, baseUrl };
  const ledger = createLedger(record, place);
  const now = host.now();
  const secrets = Object.values(wish.fields);
  const search = { subscription, wish, place, send: createCaller(send, host), ledger, secrets };
  await findOurs(search, now);
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
