import type { ActionContext, Connection } from "@prismatic-io/spectral";
import { readRecord, type SubscriptionRecord } from "../../subscriptions/record";
import type { Settings } from "../../subscriptions/setting";
import type { Subscription } from "../../subscriptions/subscription";
import type { Wish } from "../../subscriptions/wish";
import { readFields } from "../connections/connection-fields";

/** What a set-up needs of the platform. */
export type SetupHost = Pick<ActionContext, "logger" | "crossFlowState">;

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

export const toWish = ({
  id,
  settings,
  endpointUrl,
  owner,
  connection,
  renewsNow = false,
}: SubscriptionSetup): Wish => ({
  provider: id,
  settings,
  endpointUrl,
  owner,
  renewsNow,
  fields: readFields(connection),
});

/** What was made at another provider cannot be removed with this one's credentials. */
const tellFormer = (
  { logger }: SetupHost,
  { provider, subscriptions }: SubscriptionRecord,
): void => {
  if (subscriptions.length > 0)
    logger.warn(
      `This flow subscribed at ${provider} before. Remove its webhooks there by hand: ${subscriptions.map(({ id }) => id).join(", ")}.`,
    );
};

/** What is remembered of this set-up. */
export const readKept = (
  host: SetupHost,
  { key, id }: SubscriptionSetup,
): SubscriptionRecord | undefined => {
  const record = readRecord(host.crossFlowState?.[key]);
  if (!record || record.provider === id) return record;
  tellFormer(host, record);
  return undefined;
};
