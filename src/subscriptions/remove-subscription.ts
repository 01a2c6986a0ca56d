import { toMessage } from "../errors";
import type { SubscriptionHost } from "./host";
import { openWork } from "./open-work";
import type { Orphan, SubscriptionRecord } from "./record";
import { removeAt, toPlaces } from "./remove-at";
import type { ApiSubscription } from "./subscription";
import type { Wish } from "./wish";

const toAllOrphans = (record: SubscriptionRecord | undefined, error: unknown): readonly Orphan[] =>
  (record?.subscriptions ?? []).map(({ id, scope, baseUrl }) => ({
    id,
    scope,
    baseUrl,
    reason: toMessage(error),
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
    const work = openWork(subscription, wish, record, host);
    const orphans: Orphan[] = [];
    for (const place of toPlaces([...work.ledger.all(), work.place]))
      orphans.push(...(await removeAt(work, place)));
    return orphans;
  } catch (error) {
    return toAllOrphans(record, error);
  }
};
