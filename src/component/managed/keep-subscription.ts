import type { ActionContext, Connection } from "@prismatic-io/spectral";
import { ensureSubscription } from "../../subscriptions/ensure-subscription";
import type { SubscriptionStatus } from "../../subscriptions/health";
import { inspectSubscriptions } from "../../subscriptions/inspect-subscriptions";
import { describeManualRemoval, prepareManual } from "../../subscriptions/prepare-manual";
import { type Orphan, readRecord, type SubscriptionRecord } from "../../subscriptions/record";
import { removeSubscription } from "../../subscriptions/remove-subscription";
import type { Settings } from "../../subscriptions/setting";
import type { Subscription } from "../../subscriptions/subscription";
import { blameConnection, checkKind } from "../api-connection";
import { readFields } from "../connections/connection-fields";
import { createSubscriptionHost } from "./subscription-host";

type Host = Pick<ActionContext, "logger" | "crossFlowState">;

/** One subscription set-up of an instance: what is asked for, and under which key it is remembered. */
export interface SubscriptionSetup {
  /** Of the provider. */
  readonly id: string;
  readonly name: string;
  readonly subscription: Subscription;
  readonly connection: Connection | undefined;
  readonly settings: Settings;
  readonly endpointUrl: string;
  readonly owner: string;
  /** In `crossFlowState`. */
  readonly key: string;
  readonly renewsNow?: boolean;
}

const toWish = ({
  id,
  settings,
  endpointUrl,
  owner,
  connection,
  renewsNow = false,
}: SubscriptionSetup) => ({
  provider: id,
  settings,
  endpointUrl,
  owner,
  renewsNow,
  fields: readFields(connection),
});

/** What was made at another provider cannot be removed with this one's credentials. */
const tellFormer = ({ logger }: Host, { provider, subscriptions }: SubscriptionRecord): void => {
  if (subscriptions.length > 0)
    logger.warn(
      `This flow subscribed at ${provider} before. Remove its webhooks there by hand: ${subscriptions.map(({ id }) => id).join(", ")}.`,
    );
};

const readKept = (host: Host, { key, id }: SubscriptionSetup): SubscriptionRecord | undefined => {
  const record = readRecord(host.crossFlowState?.[key]);
  if (!record || record.provider === id) return record;
  tellFormer(host, record);
  return undefined;
};

/** Brings the provider in line with what is asked for. Returns the record to save. @throws ConnectionError, HooklineError */
export const keepSubscription = async (
  host: Host,
  setup: SubscriptionSetup,
): Promise<SubscriptionRecord> => {
  const { subscription, connection } = setup;
  const wish = toWish(setup);
  const surroundings = createSubscriptionHost(host, wish.fields);
  const record = readKept(host, setup);
  try {
    checkKind(subscription.access, connection);
    return subscription.kind === "manual"
      ? await prepareManual(subscription, wish, record, surroundings)
      : await ensureSubscription(subscription, wish, record, surroundings);
  } catch (error) {
    throw blameConnection(error, connection);
  }
};

const describeOrphan = ({ id, reason }: Orphan): string => `${id}: ${reason}`;

/** Removes what is subscribed, as far as possible. Returns what is left, and says so in the log. */
export const dropSubscription = async (
  host: Host,
  setup: SubscriptionSetup,
): Promise<readonly Orphan[]> => {
  const { subscription } = setup;
  const { logger } = host;
  if (subscription.kind === "manual") {
    const { endpointUrl } = readKept(host, setup) ?? setup;
    for (const line of describeManualRemoval(subscription, endpointUrl))
      logger.warn(`${setup.name}: ${line}`);
    return [];
  }
  const wish = toWish(setup);
  const surroundings = createSubscriptionHost(host, wish.fields);
  const left = await removeSubscription(subscription, wish, readKept(host, setup), surroundings);
  if (left.length > 0)
    logger.warn(
      `${setup.name}: ${left.length} subscriptions could not be removed. Remove them by hand. ${left.map(describeOrphan).join(" · ")}`,
    );
  return left;
};

/** What there is at the provider of what a record tells of. @throws ConnectionError, HooklineError */
export const inspectSubscription = async (
  host: Host,
  setup: SubscriptionSetup,
): Promise<readonly SubscriptionStatus[]> => {
  const { subscription, connection } = setup;
  if (subscription.kind === "manual") return [];
  const wish = toWish(setup);
  try {
    checkKind(subscription.access, connection);
    const surroundings = createSubscriptionHost(host, wish.fields);
    return await inspectSubscriptions(subscription, wish, readKept(host, setup), surroundings);
  } catch (error) {
    throw blameConnection(error, connection);
  }
};
