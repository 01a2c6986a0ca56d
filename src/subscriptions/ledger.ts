import { toBareUrl } from "./endpoint";
import type { RecordedSubscription, RetiredSecret, SubscriptionRecord } from "./record";
import type { Created, Found, Scope, Wanted } from "./subscription-state";

/** What is known of our own subscriptions while they are being brought in order. Ids count at one place: another may have the same. */
export interface Ledger {
  readonly get: (id: string) => RecordedSubscription | undefined;
  /** Of every place. */
  readonly all: () => readonly RecordedSubscription[];
  /** Of this place. */
  readonly here: () => readonly RecordedSubscription[];
  /** The same ledger, for the ids of another place. */
  readonly at: (place: Place) => Ledger;
  /** Whether one of ours went to that endpoint when the record was saved. */
  readonly hasEndpoint: (endpointUrl: string) => boolean;
  /** Notes what was made, changed or prolonged. What the answer did not tell again stays as it was. */
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

const isSameScope = (one: Scope, other: Scope): boolean => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
};

export const isAt = (entry: Place, { scope, baseUrl }: Place): boolean =>
  entry.baseUrl === baseUrl && isSameScope(entry.scope, scope);

const toExpiryText = (expiresAt: Date | undefined) =>
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
  ...toExpiryText(expiresAt),
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
  ...toExpiryText(expiresAt),
});

const toKnown = ({ secret, expiresAt }: Partial<RecordedSubscription>) => ({
  ...(secret !== undefined && { secret }),
  ...(expiresAt !== undefined && { expiresAt }),
});

const toKey = ({ baseUrl, scope }: Place, id: string): string =>
  JSON.stringify([baseUrl, Object.entries(scope).sort(), id]);

/** What all views of a ledger share. */
interface Pages {
  readonly entries: Map<string, RecordedSubscription>;
  readonly endpoints: ReadonlySet<string>;
  retired: readonly RetiredSecret[];
}

const openAt = (pages: Pages, place: Place): Ledger => {
  const { entries, endpoints } = pages;
  const get = (id: string) => entries.get(toKey(place, id));
  const put = (entry: RecordedSubscription) => entries.set(toKey(place, entry.id), entry);
  const retire = (value: string, now: Date): void => {
    if (value === "") return;
    const others = pages.retired.filter((secret) => secret.value !== value);
    pages.retired = [{ value, retiredAt: now.toISOString() }, ...others];
  };
  return {
    get,
    retire,
    all: () => [...entries.values()],
    here: () => [...entries.values()].filter((entry) => isAt(entry, place)),
    at: (other) => openAt(pages, other),
    hasEndpoint: (endpointUrl) => endpoints.has(toBareUrl(endpointUrl)),
    retired: () => pages.retired,
    write: (wanted, created, now) => {
      put({ ...place, ...toKnown(get(created.id) ?? {}), ...toMade(wanted, created, now) });
    },
    adopt: (found, now) => {
      put({ ...place, ...toAdopted(found, get(found.id), now) });
    },
    strike: (id, now) => {
      retire(get(id)?.secret ?? "", now);
      entries.delete(toKey(place, id));
    },
  };
};

/** Opens what the record tells, for the ids of a place. */
export const createLedger = (record: SubscriptionRecord | undefined, place: Place): Ledger => {
  const noted = record?.subscriptions ?? [];
  const endpoints = [...noted, ...(record ? [record] : [])];
  const pages: Pages = {
    entries: new Map(noted.map((entry) => [toKey(entry, entry.id), entry])),
    endpoints: new Set(endpoints.map(({ endpointUrl }) => toBareUrl(endpointUrl))),
    retired: record?.retired ?? [],
  };
  return openAt(pages, place);
};
