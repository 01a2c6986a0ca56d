import type { RecordedSubscription, RetiredSecret, SubscriptionRecord } from "./record";
import type { Created, Found, Scope, Wanted } from "./subscription-state";

/** What is known of our own subscriptions while they are being brought in order. */
export interface Ledger {
  readonly get: (id: string) => RecordedSubscription | undefined;
  readonly all: () => readonly RecordedSubscription[];
  /** Notes what was made, changed or prolonged. */
  readonly write: (wanted: Wanted, created: Created, now: Date) => void;
  /** Takes in one that the provider lists and we had not noted. */
  readonly adopt: (found: Found, now: Date) => void;
  /** Forgets one; its secret stays good for what is still on its way. */
  readonly strike: (id: string, now: Date) => void;
  readonly retired: () => readonly RetiredSecret[];
  readonly retire: (secret: string, now: Date) => void;
}

export interface Place {
  readonly scope: Scope;
  readonly baseUrl: string;
}

export const isSameScope = (one: Scope, other: Scope): boolean => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
};

export const isAt = (entry: RecordedSubscription, { scope, baseUrl }: Place): boolean =>
  entry.baseUrl === baseUrl && isSameScope(entry.scope, scope);

const withExpiry = (expiresAt: Date | undefined) =>
  expiresAt ? { expiresAt: expiresAt.toISOString() } : {};

const toMade = (
  { key, endpointUrl, events, enabled, details }: Wanted,
  { id, secret, expiresAt }: Created,
  now: Date,
) => ({
  id,
  key,
  endpointUrl,
  events,
  enabled,
  details,
  madeAt: now.toISOString(),
  ...(secret !== undefined && { secret }),
  ...withExpiry(expiresAt),
});

const toAdopted = (
  { id, key, endpointUrl, events = [], enabled = true, details = {}, expiresAt }: Found,
  before: RecordedSubscription | undefined,
  now: Date,
) => ({
  ...(before ?? { events, enabled, details, madeAt: now.toISOString() }),
  id,
  key,
  endpointUrl,
  ...withExpiry(expiresAt),
});

export const createLedger = (record: SubscriptionRecord | undefined, place: Place): Ledger => {
  const entries = new Map((record?.subscriptions ?? []).map((entry) => [entry.id, entry]));
  let retired = record?.retired ?? [];

  const retire = (value: string, now: Date): void => {
    if (value === "") return;
    const others = retired.filter((secret) => secret.value !== value);
    retired = [{ value, retiredAt: now.toISOString() }, ...others];
  };
  return {
    get: (id) => entries.get(id),
    all: () => [...entries.values()],
    retired: () => retired,
    retire,
    write: (wanted, created, now) => {
      const secret = entries.get(created.id)?.secret;
      const known = secret === undefined ? {} : { secret };
      entries.set(created.id, { ...place, ...known, ...toMade(wanted, created, now) });
    },
    adopt: (found, now) => {
      entries.set(found.id, { ...place, ...toAdopted(found, entries.get(found.id), now) });
    },
    strike: (id, now) => {
      retire(entries.get(id)?.secret ?? "", now);
      entries.delete(id);
    },
  };
};
