import type { ApiSubscription } from "./subscription";
import type { Created, Wanted } from "./subscription-state";

/** How long a subscription lives; nothing where it does not expire. */
export const toLifetimeSeconds = (
  { lifetimeSeconds }: ApiSubscription,
  wanted: Wanted,
): number | undefined => (lifetimeSeconds === "planned" ? wanted.lifetimeSeconds : lifetimeSeconds);

/** With the time at which it ends: as the provider tells it, else by how long one lives. */
export const withExpiry = (
  created: Created,
  subscription: ApiSubscription,
  wanted: Wanted,
  now: Date,
): Created => {
  const seconds = toLifetimeSeconds(subscription, wanted);
  return created.expiresAt || seconds === undefined
    ? created
    : { ...created, expiresAt: new Date(now.getTime() + seconds * 1_000) };
};
