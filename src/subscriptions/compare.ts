import { isSameUrl } from "./endpoint";
import { toLifetimeSeconds } from "./expiry";
import type { Ledger } from "./ledger";
import type { RecordedSubscription } from "./record";
import type { ApiSubscription } from "./subscription";
import type { Details, Found, Wanted } from "./subscription-state";

/** One step towards what is wanted. */
export type Change =
  | { readonly kind: "create"; readonly wanted: Wanted }
  | { readonly kind: "update" | "renew" | "replace"; readonly id: string; readonly wanted: Wanted }
  | { readonly kind: "remove"; readonly id: string; readonly key: string };

export interface Comparison {
  readonly subscription: ApiSubscription;
  readonly wanted: readonly Wanted[];
  /** Ours only. */
  readonly found: readonly Found[];
  readonly ledger: Ledger;
  /** Keys that the provider refused a second subscription for. */
  readonly conflicts: ReadonlySet<string>;
  /** Renews whatever expires, however long it still lives. */
  readonly renewsNow: boolean;
  readonly now: Date;
}

/** An entry of the record as if the provider had listed it, for what a listing does not show. */
export const toFound = ({ expiresAt, secret: _, ...entry }: RecordedSubscription): Found => ({
  ...entry,
  ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
});

const isSameSet = (one: readonly string[], other: readonly string[]): boolean => {
  const members = new Set(one);
  return members.size === new Set(other).size && other.every((item) => members.has(item));
};

/** A text that is the same for equal JSON, in whatever order its members are. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, item) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );

const areSameDetails = (wanted: Details, shown: Details): boolean =>
  Object.entries(wanted).every(
    ([name, value]) => !Object.hasOwn(shown, name) || canonical(shown[name]) === canonical(value),
  );

/** Whether everything that the listing shows is as it should be. */
const isAsWanted = (wanted: Wanted, found: Found): boolean =>
  isSameUrl(wanted.endpointUrl, found.endpointUrl) &&
  (found.secret === undefined || found.secret === wanted.secret) &&
  (found.events === undefined || isSameSet(wanted.events, found.events)) &&
  (found.enabled === undefined || found.enabled === wanted.enabled) &&
  (found.details === undefined || areSameDetails(wanted.details, found.details));

const isSecretKnown = ({ subscription, ledger }: Comparison, { id }: Found): boolean =>
  subscription.secret !== "returned" || ledger.get(id)?.secret !== undefined;

/** Half of the lifetime is left for trying again. Due at once where nobody knows when it ends. */
const isRenewalDue = (
  { subscription, ledger, renewsNow, now }: Comparison,
  wanted: Wanted,
  found: Found,
): boolean => {
  const seconds = toLifetimeSeconds(subscription, wanted);
  const recorded = ledger.get(found.id)?.expiresAt;
  const expiresAt = found.expiresAt?.getTime() ?? (recorded ? Date.parse(recorded) : undefined);
  if (seconds === undefined) return false;
  if (expiresAt === undefined || renewsNow) return true;
  return expiresAt - now.getTime() <= (seconds * 1_000) / 2;
};

/** A second one is made before the first is removed, so that no delivery is missed; unless the provider allows only one. */
const replace = (
  { subscription, conflicts }: Comparison,
  wanted: Wanted,
  { id, key }: Found,
): readonly Change[] =>
  subscription.isUnique || conflicts.has(key)
    ? [{ kind: "replace", id, wanted }]
    : [
        { kind: "create", wanted },
        { kind: "remove", id, key },
      ];

const canUpdate = (
  { update, keepsEndpoint }: ApiSubscription,
  wanted: Wanted,
  found: Found,
): boolean =>
  update !== undefined && (!keepsEndpoint || isSameUrl(wanted.endpointUrl, found.endpointUrl));

const compareOne = (comparison: Comparison, wanted: Wanted, found: Found): readonly Change[] => {
  const { update, renew } = comparison.subscription;
  const { id } = found;
  if (!isSecretKnown(comparison, found)) return replace(comparison, wanted, found);
  if (!isAsWanted(wanted, found))
    return canUpdate(comparison.subscription, wanted, found)
      ? [{ kind: "update", id, wanted }]
      : replace(comparison, wanted, found);
  if (!isRenewalDue(comparison, wanted, found)) return [];
  if (renew) return [{ kind: "renew", id, wanted }];
  return update ? [{ kind: "update", id, wanted }] : replace(comparison, wanted, found);
};

/** The one to keep comes first: its secret is known, it is in our record, it is as wanted, it lives on for long. */
const byWorth =
  (comparison: Comparison, wanted: Wanted) =>
  (one: Found, other: Found): number => {
    const worth = (found: Found): number =>
      [
        isSecretKnown(comparison, found),
        comparison.ledger.get(found.id) !== undefined,
        isAsWanted(wanted, found),
        !isRenewalDue(comparison, wanted, found),
      ].reduce((sum, isTrue) => sum * 2 + Number(isTrue), 0);
    return worth(other) - worth(one);
  };

const compareKey = (comparison: Comparison, wanted: Wanted): readonly Change[] => {
  const [kept, ...extra] = comparison.found
    .filter(({ key }) => key === wanted.key)
    .sort(byWorth(comparison, wanted));
  if (!kept) return [{ kind: "create", wanted }];
  const removals = extra.map(({ id, key }): Change => ({ kind: "remove", id, key }));
  return [...compareOne(comparison, wanted, kept), ...removals];
};

/** What is left to do until exactly what is wanted is there. Nothing, most of the time. */
export const compare = (comparison: Comparison): readonly Change[] => {
  const keys = new Set(comparison.wanted.map(({ key }) => key));
  const unwanted = comparison.found
    .filter(({ key }) => !keys.has(key))
    .map(({ id, key }): Change => ({ kind: "remove", id, key }));
  return [...comparison.wanted.flatMap((wanted) => compareKey(comparison, wanted)), ...unwanted];
};
