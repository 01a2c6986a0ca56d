import { toBareUrl } from "./endpoint";
import type { RecordedSubscription, SubscriptionRecord } from "./record";

/** One subscription for people and steps; without any secret. */
export interface SubscriptionStatus {
  readonly provider: string;
  readonly id: string;
  /** What it is for: the topic, or the kind of subscription where a flow has only one. */
  readonly key: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
  /** Without its query, which may hold a secret. */
  readonly endpointUrl: string;
  readonly madeAt: string;
  readonly expiresAt: string | null;
  /** `missing`: we made it and the provider does not list it any more. `unknown`: nobody looked. */
  readonly state: "live" | "expired" | "missing" | "unknown";
}

export interface SubscriptionHealth {
  readonly healthy: boolean;
  readonly live: number;
  /** The first moment at which one of them runs out; null where none does. */
  readonly nextExpiry: string | null;
  readonly lastFailure: { readonly at: string; readonly message: string } | null;
  /** Left at the provider, to be removed by hand or by the next deploy. */
  readonly orphans: readonly { readonly id: string; readonly reason: string }[];
}

const isOver = (expiresAt: string | undefined, now: Date): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime();

export const toStatus = (
  provider: string,
  entry: RecordedSubscription,
  state: SubscriptionStatus["state"],
  now: Date,
): SubscriptionStatus => ({
  provider,
  id: entry.id,
  key: entry.key,
  events: entry.events,
  enabled: entry.enabled,
  endpointUrl: toBareUrl(entry.endpointUrl),
  madeAt: entry.madeAt,
  expiresAt: entry.expiresAt ?? null,
  state: isOver(entry.expiresAt, now) ? "expired" : state,
});

export const toHealth = (
  statuses: readonly SubscriptionStatus[],
  records: readonly SubscriptionRecord[],
): SubscriptionHealth => {
  const expiries = statuses.flatMap(({ expiresAt }) => expiresAt ?? []).sort();
  const failures = records
    .flatMap(({ lastFailure }) => lastFailure ?? [])
    .sort((one, other) => other.at.localeCompare(one.at));
  const orphans = records.flatMap((record) => record.orphans);
  const live = statuses.filter(({ state }) => state === "live").length;
  return {
    healthy: live === statuses.length && failures.length === 0 && orphans.length === 0,
    live,
    nextExpiry: expiries[0] ?? null,
    lastFailure: failures[0] ?? null,
    orphans: orphans.map(({ id, reason }) => ({ id, reason })),
  };
};
