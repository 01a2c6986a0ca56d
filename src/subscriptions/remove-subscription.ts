import { remove, type Work } from "./apply-changes";
import { createCaller } from "./caller";
import { connectApi } from "./connect";
import { findOurs } from "./find-ours";
import type { SubscriptionHost } from "./host";
import { inParallel } from "./in-parallel";
import { createLedger, isSameScope, type Place } from "./ledger";
import { type Orphan, readSecrets, type SubscriptionRecord } from "./record";
import { type Removal, removeNoted } from "./remove-elsewhere";
import type { ApiSubscription } from "./subscription";
import type { Scope } from "./subscription-state";
import type { Wish } from "./wish";

const describe = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Where ours may be: everywhere that we noted, and where today's settings lead. */
const toScopes = (
  subscription: ApiSubscription,
  wish: Wish,
  record: SubscriptionRecord | undefined,
): readonly Scope[] => {
  const noted = (record?.subscriptions ?? []).map(({ scope }) => scope);
  const all = [...noted, subscription.scope?.(wish.settings) ?? {}];
  return all.filter(
    (scope, index) => all.findIndex((other) => isSameScope(other, scope)) === index,
  );
};

/** Looks for ours that we never noted, because a deploy was cut off. A failing look leaves it to what was noted. */
const removeUnnoted = async (
  task: Removal & { readonly wish: Wish },
  scope: Scope,
): Promise<readonly Orphan[]> => {
  const place: Place = { ...task.place, scope };
  const work: Work = { ...task, scope };
  const found = await findOurs({ ...task, place }, task.host.now());
  const attempt = async ({ id, key }: (typeof found)[number]): Promise<Orphan | undefined> => {
    const reason = await remove(work, id, key).then(
      (result) => (result === "settled" ? undefined : "The provider gave no clear answer."),
      describe,
    );
    return reason === undefined ? undefined : { ...place, id, reason };
  };
  const { results } = await inParallel(found, attempt);
  return results.filter((orphan) => orphan !== undefined);
};

const removeAll = async (
  task: Removal & { readonly wish: Wish },
  scopes: readonly Scope[],
): Promise<readonly Orphan[]> => {
  const orphans: Orphan[] = [];
  for (const scope of scopes) {
    try {
      orphans.push(...(await removeUnnoted(task, scope)));
    } catch (error) {
      task.host.log(`Could not look for subscriptions. ${describe(error)}`);
    }
  }
  const known = new Set(orphans.map(({ id }) => id));
  const left = task.ledger.all().filter(({ id }) => !known.has(id));
  const { results } = await inParallel(left, (entry) => removeNoted(task, entry));
  return [...orphans, ...results.filter((orphan) => orphan !== undefined)];
};

const toAllOrphans = (record: SubscriptionRecord | undefined, error: unknown): readonly Orphan[] =>
  (record?.subscriptions ?? []).map(({ id, scope, baseUrl }) => ({
    id,
    scope,
    baseUrl,
    reason: describe(error),
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
    const { baseUrl, send } = connectApi(subscription.access, wish.fields, host.connect);
    const scopes = toScopes(subscription, wish, record);
    const place = { scope: scopes[0] ?? {}, baseUrl };
    const task = {
      subscription,
      wish,
      place,
      host,
      scope: place.scope,
      send: createCaller(send, host),
      ledger: createLedger(record, place),
      secrets: [...Object.values(wish.fields), ...(record ? readSecrets(record) : [])],
      made: new Set<string>(),
      conflicts: new Set<string>(),
    };
    return await removeAll(task, scopes);
  } catch (error) {
    return toAllOrphans(record, error);
  }
};
