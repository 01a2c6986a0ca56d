import type { ActionContext, Connection } from "@prismatic-io/spectral";
import {
  type SubscriptionHealth,
  type SubscriptionStatus,
  toHealth,
  toStatus,
} from "../../subscriptions/health";
import type { SubscriptionRecord } from "../../subscriptions/record";
import { type KeptRecord, readRecords, toEndpointKey } from "./flow-records";
import { readSettings } from "./read-settings";
import { findSubscribable, type Subscribable } from "./subscribables";
import type { SubscriptionSetup } from "./subscription-setup";

/** What the set-up actions answer. */
export interface SubscriptionReport {
  readonly subscriptions: readonly SubscriptionStatus[];
  readonly health: SubscriptionHealth;
}

/** An action's outcome, and what it leaves behind for all flows of the instance. */
export interface SetupResult {
  readonly data: SubscriptionReport;
  readonly crossFlowState?: Record<string, unknown>;
}

export interface SetupInputs {
  readonly provider: string;
  readonly connection: Connection | undefined;
  readonly events: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly endpointUrl: string;
}

/** What tells one set-up from another, before its settings are resolved. */
type Noted = Pick<SubscriptionSetup, "connection" | "key" | "settings" | "endpointUrl" | "owner">;

const resolveSetup = ({ id, name, resolve }: Subscribable, noted: Noted): SubscriptionSetup => ({
  ...noted,
  id,
  name,
  subscription: resolve(noted.settings),
});

/** The set-up of an endpoint by the flow that calls the action; its record is found again by the endpoint. */
export const toSetup = (
  { instance }: Pick<ActionContext, "instance">,
  { provider, connection, events, settings: given, endpointUrl }: SetupInputs,
): SubscriptionSetup => {
  const subscribable = findSubscribable(provider);
  const { name, inputs } = subscribable;
  const key = toEndpointKey(endpointUrl);
  const settings = readSettings({ name, inputs, events, settings: given });
  const owner = `${instance.id}:${key}`;
  return resolveSetup(subscribable, { connection, key, settings, endpointUrl, owner });
};

/** The same set-up as a record tells of it: what was made counts, not what inputs say today. */
export const toNotedSetup = (
  connection: Connection | undefined,
  { key, record: { provider, settings, endpointUrl, owner } }: KeptRecord,
): SubscriptionSetup =>
  resolveSetup(findSubscribable(provider), { connection, key, settings, endpointUrl, owner });

/** The instance's records of one provider. */
export const recordsOf = (
  { crossFlowState }: Pick<ActionContext, "crossFlowState">,
  provider: string,
): readonly KeptRecord[] => {
  const { id } = findSubscribable(provider);
  return readRecords(crossFlowState).filter(({ record }) => record.provider === id);
};

/** What is remembered, right after it was brought in line with the provider. */
export const toSubscriptionReport = (
  records: readonly SubscriptionRecord[],
  now = new Date(),
): SubscriptionReport => {
  const subscriptions = records.flatMap((record) =>
    record.subscriptions.map((entry) =>
      toStatus(record.provider, entry, record.lastFailure ? "unknown" : "live", now),
    ),
  );
  return { subscriptions, health: toHealth(subscriptions, records) };
};
