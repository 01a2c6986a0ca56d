import { isJsonObject } from "../http/json-object";
import type { Settings } from "./setting";
import type { Details, Scope } from "./subscription-state";

/** A subscription of ours as it was made. Times are ISO 8601. */
export interface RecordedSubscription {
  readonly id: string;
  readonly key: string;
  readonly scope: Scope;
  /** Of the API that it was made at: credentials for another host are never sent here. */
  readonly baseUrl: string;
  /** As the provider was given it. */
  readonly endpointUrl: string;
  /** As it was asked for: what a listing does not show is compared with this. */
  readonly events: readonly string[];
  readonly enabled: boolean;
  readonly details: Details;
  /** Its own signing secret, where the provider made it. */
  readonly secret?: string;
  readonly madeAt: string;
  readonly expiresAt?: string;
}

/** A subscription that we could not remove, and why. */
export interface Orphan {
  readonly id: string;
  readonly scope: Scope;
  readonly baseUrl: string;
  readonly reason: string;
}

export interface RetiredSecret {
  readonly value: string;
  readonly retiredAt: string;
}

/**
 * What a flow remembers of its subscriptions, in `crossFlowState`. An older copy may overwrite a newer
 * one at any time; converging again mends it from what the provider lists.
 */
export interface SubscriptionRecord {
  readonly version: 1;
  readonly provider: string;
  /** The flow's URL without our mark. */
  readonly endpointUrl: string;
  /** Instance and flow, hashed into the mark. */
  readonly owner: string;
  readonly settings: Settings;
  /** The secret of ours that all its subscriptions share; empty where secrets are not ours to make. */
  readonly secret: string;
  readonly subscriptions: readonly RecordedSubscription[];
  /** Replaced not long ago, newest first: deliveries signed with them may still be on their way. */
  readonly retired: readonly RetiredSecret[];
  readonly orphans: readonly Orphan[];
  /** When the first verified delivery of a subscription made by hand arrived. */
  readonly confirmedAt?: string;
  readonly lastFailure?: { readonly at: string; readonly message: string };
}

const RETIRED_DAYS = 3;
/** As many as one flow can have subscriptions with secrets of their own. */
const MAXIMUM_RETIRED = 100;
const DAY_MILLISECONDS = 86_400_000;

const areTexts = (values: readonly unknown[]): boolean =>
  values.every((value) => typeof value === "string");

/** What no time is would never be due for renewal. */
const isTimeOrNothing = (value: unknown): boolean =>
  value === undefined || (typeof value === "string" && !Number.isNaN(Date.parse(value)));

const isSubscription = (value: unknown): value is RecordedSubscription =>
  isJsonObject(value) &&
  areTexts([value.id, value.key, value.baseUrl, value.endpointUrl, value.madeAt]) &&
  isJsonObject(value.scope) &&
  isJsonObject(value.details) &&
  Array.isArray(value.events) &&
  isTimeOrNothing(value.expiresAt);

const isRetired = (value: unknown): value is RetiredSecret =>
  isJsonObject(value) && areTexts([value.value, value.retiredAt]);

/** The record, or nothing where there is none or it is not one of ours. What is broken in it is left out. */
export const readRecord = (value: unknown): SubscriptionRecord | undefined => {
  if (!isJsonObject(value) || value.version !== 1) return undefined;
  const { subscriptions, retired, orphans, settings } = value;
  const isWhole =
    Array.isArray(subscriptions) &&
    Array.isArray(retired) &&
    Array.isArray(orphans) &&
    isJsonObject(settings) &&
    areTexts([value.provider, value.endpointUrl, value.owner, value.secret]);
  if (!isWhole) return undefined;
  return {
    ...(value as unknown as SubscriptionRecord),
    subscriptions: subscriptions.filter(isSubscription),
    retired: retired.filter(isRetired),
    orphans: orphans.filter(isJsonObject) as unknown as readonly Orphan[],
  };
};

const byNewest = (one: RecordedSubscription, other: RecordedSubscription): number =>
  other.madeAt.localeCompare(one.madeAt);

/** What deliveries may be signed with, newest first. */
export const readSecrets = (record: SubscriptionRecord): readonly string[] => {
  const own = [...record.subscriptions].sort(byNewest).map(({ secret = "" }) => secret);
  const retired = record.retired.map(({ value }) => value);
  return [...new Set([record.secret, ...own, ...retired])].filter((secret) => secret !== "");
};

/** Drops what no delivery can be signed with any more. */
export const keepRecent = (
  retired: readonly RetiredSecret[],
  now: Date,
): readonly RetiredSecret[] =>
  retired
    .filter(
      ({ retiredAt }) => now.getTime() - Date.parse(retiredAt) < RETIRED_DAYS * DAY_MILLISECONDS,
    )
    .slice(0, MAXIMUM_RETIRED);
