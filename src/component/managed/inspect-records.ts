import type { Connection } from "@prismatic-io/spectral";
import { toMessage } from "../../errors";
import { type SubscriptionStatus, toHealth, toStatus } from "../../subscriptions/health";
import type { SubscriptionRecord } from "../../subscriptions/record";
import type { KeptRecord } from "./flow-records";
import { inspectSubscription } from "./keep-subscription";
import { type SubscriptionReport, toNotedSetup } from "./setup";
import type { SetupHost } from "./subscription-setup";

interface Inspected {
  readonly record: SubscriptionRecord;
  readonly statuses: readonly SubscriptionStatus[];
}

const inspectRecord = async (
  host: SetupHost,
  connection: Connection | undefined,
  kept: KeptRecord,
): Promise<Inspected> => {
  const { record } = kept;
  try {
    const statuses = await inspectSubscription(host, toNotedSetup(connection, kept));
    return { record, statuses };
  } catch (error) {
    const now = new Date();
    const lastFailure = { at: now.toISOString(), message: toMessage(error) };
    const statuses = record.subscriptions.map((entry) =>
      toStatus(record.provider, entry, "unknown", now),
    );
    return { record: { ...record, lastFailure }, statuses };
  }
};

/** Looks at the provider for every record. What cannot be looked at is told as `unknown`, with the reason, and hides nothing else. */
export const inspectRecords = async (
  host: SetupHost,
  connection: Connection | undefined,
  records: readonly KeptRecord[],
): Promise<SubscriptionReport> => {
  const inspected = await Promise.all(records.map((kept) => inspectRecord(host, connection, kept)));
  const subscriptions = inspected.flatMap(({ statuses }) => statuses);
  return {
    subscriptions,
    health: toHealth(
      subscriptions,
      inspected.map(({ record }) => record),
    ),
  };
};
