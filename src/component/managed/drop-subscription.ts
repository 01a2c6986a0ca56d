import { describeManualRemoval } from "../../subscriptions/prepare-manual";
import type { Orphan, SubscriptionRecord } from "../../subscriptions/record";
import { removeSubscription } from "../../subscriptions/remove-subscription";
import { createSubscriptionHost } from "./subscription-host";
import { readKept, type SetupHost, type SubscriptionSetup, toWish } from "./subscription-setup";

const describeOrphan = ({ id, reason }: Orphan): string => `${id}: ${reason}`;

/** What is left after a removal. */
export interface Dropped {
  readonly orphans: readonly Orphan[];
  /** The record to save: what is left stays noted, so that the next delete or deploy finds it. */
  readonly record: SubscriptionRecord | null;
}

const nothingLeft: Dropped = { orphans: [], record: null };

const keepLeft = (record: SubscriptionRecord | undefined, orphans: readonly Orphan[]): Dropped => {
  if (!record || orphans.length === 0) return { orphans, record: null };
  const left = new Set(orphans.map(({ id }) => id));
  const subscriptions = record.subscriptions.filter(({ id }) => left.has(id));
  return { orphans, record: { ...record, subscriptions, orphans } };
};

/** Removes what is subscribed, as far as possible, and says in the log what is left. */
export const dropSubscription = async (
  host: SetupHost,
  setup: SubscriptionSetup,
): Promise<Dropped> => {
  const { subscription } = setup;
  const { logger } = host;
  if (subscription.kind === "manual") {
    const { endpointUrl } = readKept(host, setup) ?? setup;
    for (const line of describeManualRemoval(subscription, endpointUrl))
      logger.warn(`${setup.name}: ${line}`);
    return nothingLeft;
  }
  const wish = toWish(setup);
  const surroundings = createSubscriptionHost(host, wish.fields);
  const record = readKept(host, setup);
  const orphans = await removeSubscription(subscription, wish, record, surroundings);
  if (orphans.length > 0)
    logger.warn(
      `${setup.name}: ${orphans.length} subscriptions could not be removed. Remove them by hand. ${orphans.map(describeOrphan).join(" · ")}`,
    );
  return keepLeft(record, orphans);
};
