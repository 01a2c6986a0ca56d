import { createCaller } from "./caller";
import { connectApi } from "./connect";
import { connectWithin } from "./connect-within";
import type { SubscriptionHost } from "./host";
import { createLedger } from "./ledger";
import { type Orphan, readSecrets, type SubscriptionRecord } from "./record";
import { type Removal, removeAt, toPlaces } from "./remove-at";
import type { ApiSubscription } from "./subscription";
import type { Wish } from "./wish";

const toAllOrphans = (record: SubscriptionRecord | undefined, error: unknown): readonly Orphan[] =>
  (record?.subscriptions ?? []).map(({ id, scope, baseUrl }) => ({
    id,
    scope,
    baseUrl,
    reason: error instanceof Error ? error.message : String(error),
  }));

/**
 * Removes every subscription of the flow, by what was noted when it was made and by what the provider
 * lists. Never fails, because nothing of it may keep an instance from being deleted.
 *
 * @returns what is left at the provider.
 */
export const removeSubscription = async (
  subscription: ApiSubscription,
  wish: Wish,
  record: SubscriptionRecord | undefined,
  host: SubscriptionHost,
): Promise<readonly Orphan[]> => {
  try {
    const { baseUrl, send } = connectApi(subscription.access, wish.fields, connectWithin(host));
    const place = { scope: subscription.scope?.(wish.settings) ?? {}, baseUrl };
    const task: Removal = {
      subscription,
      wish,
      place,
      host,
      scope: place.scope,
      send: createCaller(send, host),
      ledger: createLedger(record, place),
      secrets: [...Object.values(wish.fields), ...(record ? readSecrets(record) : [])],
      made: new Set(),
      conflicts: new Set(),
    };
    const orphans: Orphan[] = [];
    for (const each of toPlaces([...task.ledger.all(), place]))
      orphans.push(...(await removeAt(task, each)));
    return orphans;
  } catch (error) {
    return toAllOrphans(record, error);
  }
};
