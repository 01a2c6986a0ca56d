import { ensureSubscription } from "../../subscriptions/ensure-subscription";
import type { SubscriptionStatus } from "../../subscriptions/health";
import { inspectSubscriptions } from "../../subscriptions/inspect-subscriptions";
import { prepareManual } from "../../subscriptions/prepare-manual";
import type { SubscriptionRecord } from "../../subscriptions/record";
import { blameConnection } from "../api-connection";
import { checkKind } from "../connections/check-kind";
import { createSubscriptionHost } from "./subscription-host";
import { readKept, type SetupHost, type SubscriptionSetup, toWish } from "./subscription-setup";

/** Brings the provider in line with what is asked for. Returns the record to save. @throws ConnectionError, HooklineError */
export const keepSubscription = async (
  host: SetupHost,
  setup: SubscriptionSetup,
): Promise<SubscriptionRecord> => {
  const { subscription, connection } = setup;
  const wish = toWish(setup);
  const surroundings = createSubscriptionHost(host, wish.fields);
  const record = readKept(host, setup);
  try {
    checkKind("Connection", [subscription.access.connection], connection);
    return subscription.kind === "manual"
      ? await prepareManual(subscription, wish, record, surroundings)
      : await ensureSubscription(subscription, wish, record, surroundings);
  } catch (error) {
    throw blameConnection(error, connection);
  }
};

/** What there is at the provider of what a record tells of. @throws ConnectionError, HooklineError */
export const inspectSubscription = async (
  host: SetupHost,
  setup: SubscriptionSetup,
): Promise<readonly SubscriptionStatus[]> => {
  const { subscription, connection } = setup;
  if (subscription.kind === "manual") return [];
  const wish = toWish(setup);
  try {
    checkKind("Connection", [subscription.access.connection], connection);
    const surroundings = createSubscriptionHost(host, wish.fields);
    return await inspectSubscriptions(subscription, wish, readKept(host, setup), surroundings);
  } catch (error) {
    throw blameConnection(error, connection);
  }
};
