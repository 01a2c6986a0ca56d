import type { ActionContext } from "@prismatic-io/spectral";
import { toMessage } from "../../errors";
import type { SubscriptionRecord } from "../../subscriptions/record";
import type { KeptRecord } from "./flow-records";
import { keepSubscription } from "./keep-subscription";
import type { SubscriptionSetup } from "./subscription-setup";

type Host = Pick<ActionContext, "logger" | "crossFlowState">;

/** Goes on with what is known where the provider fails, or the settings are none any more, because a failed run would save nothing at all. */
const renewRecord = async (
  host: Host,
  kept: KeptRecord,
  toSetup: (kept: KeptRecord) => SubscriptionSetup,
): Promise<SubscriptionRecord> => {
  try {
    return await keepSubscription(host, toSetup(kept));
  } catch (error) {
    const { record } = kept;
    const message = toMessage(error);
    host.logger.error(`${record.provider}: could not renew. ${message}`);
    return { ...record, lastFailure: { at: new Date().toISOString(), message } };
  }
};

/** Converges every record again, by what it says was asked for: whatever is past half of its life is renewed. */
export const renewRecords = async (
  host: Host,
  records: readonly KeptRecord[],
  toSetup: (kept: KeptRecord) => SubscriptionSetup,
): Promise<readonly KeptRecord[]> => {
  const renewed: KeptRecord[] = [];
  for (const kept of records) {
    const record = await renewRecord(host, kept, toSetup);
    renewed.push({ key: kept.key, record });
  }
  return renewed;
};
