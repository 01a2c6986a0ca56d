import { createHash } from "node:crypto";
import { toBareUrl } from "../../subscriptions/endpoint";
import {
  keepRecent,
  readRecord,
  readSecrets,
  type SubscriptionRecord,
} from "../../subscriptions/record";

const PREFIX = "hookline:";

/** Where a managed trigger keeps the record of its flow. The stable id survives a renamed flow. */
export const toFlowKey = (stableId: string): string => `${PREFIX}${stableId}`;

/** Where the set-up actions keep the record of an endpoint: they run in another flow than the one that receives. */
export const toEndpointKey = (endpointUrl: string): string =>
  `${PREFIX}endpoint:${createHash("sha256").update(toBareUrl(endpointUrl)).digest("hex").slice(0, 24)}`;

type State = Readonly<Record<string, unknown>> | undefined;

export interface KeptRecord {
  readonly key: string;
  readonly record: SubscriptionRecord;
}

/** Every record of the instance. What is not one is passed over. */
export const readRecords = (state: State): readonly KeptRecord[] =>
  Object.entries(state ?? {}).flatMap(([key, value]) => {
    const record = key.startsWith(PREFIX) ? readRecord(value) : undefined;
    return record ? [{ key, record }] : [];
  });

export interface Receiver {
  readonly provider: string;
  readonly stableId: string;
  readonly invokeUrl: string;
}

/** The records that say how a flow's deliveries are signed: its own, and those that a set-up flow made for its endpoint. */
export const recordsFor = (
  state: State,
  { provider, stableId, invokeUrl }: Receiver,
): readonly KeptRecord[] =>
  readRecords(state).filter(
    ({ key, record }) =>
      record.provider === provider &&
      (key === toFlowKey(stableId) || toBareUrl(record.endpointUrl) === toBareUrl(invokeUrl)),
  );

/** The secrets of all records, newest first. A retired one ends by itself: the next deploy may be a year away. */
export const secretsOf = (records: readonly KeptRecord[], now = new Date()): readonly string[] => {
  const secrets = records.flatMap(({ record }) =>
    readSecrets({ ...record, retired: keepRecent(record.retired, now) }),
  );
  return [...new Set(secrets)];
};
