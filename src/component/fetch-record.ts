import type { ActionContext, Connection } from "@prismatic-io/spectral";
import { HooklineError } from "../errors";
import { isJsonObject } from "../http/json-object";
import { findProvider, providers } from "../providers/catalogue";
import type { Provider } from "../providers/provider";
import { isGone, isSuccess, toRefusal } from "../subscriptions/refusal";
import type { Subscription } from "../subscriptions/subscription";
import { withApi } from "./api-connection";
import { readFields } from "./connections/connection-fields";
import { readReferencedDelivery } from "./inputs/referenced-delivery";

/** What an event tells about its record. */
interface EventOfRecord {
  readonly type: string;
  readonly orderingKey: string | null;
  readonly data: unknown;
}

/** As much of `payload.delivery` as names a record. */
export interface DeliveryOfRecord {
  readonly provider: string;
  readonly event: EventOfRecord;
}

/** `record` is null where the provider has none any more, which `gone` tells, or where the delivery names none. */
export interface FetchedRecord {
  readonly record: unknown;
  readonly gone: boolean;
}

const invalid = (message: string) => new HooklineError("INPUT_INVALID", `Delivery: ${message}`);

const toEvent = ({ type, orderingKey, data }: Record<string, unknown>): EventOfRecord => ({
  type: String(type ?? "unknown"),
  orderingKey: typeof orderingKey === "string" ? orderingKey : null,
  data,
});

/** A delivery as a flow hands it over: an object, or its JSON. @throws HooklineError INPUT_INVALID */
export const readDeliveryOfRecord = (value: unknown): DeliveryOfRecord => {
  const { provider, ...delivery } = readReferencedDelivery(value);
  const events = Array.isArray(delivery.events) ? delivery.events.filter(isJsonObject) : [];
  const [event] = events;
  if (!event) throw invalid("it has no event. Fetch records on the branch Notification only.");
  if (events.length > 1)
    throw invalid(
      `it has ${events.length} events. Loop over them, and give each on with its provider: {"provider":"…","events":[…]}.`,
    );
  return { provider, event: toEvent(event) };
};

type Fetching = Pick<Subscription, "access"> & Required<Pick<Subscription, "fetchRecord">>;

const findFetching = ({ name, subscription }: Provider): Fetching => {
  if (subscription?.fetchRecord)
    return { access: subscription.access, fetchRecord: subscription.fetchRecord };
  const others = providers.filter((provider) => provider.subscription?.fetchRecord);
  throw invalid(
    `records of ${name} cannot be fetched. Those of ${others.map((other) => other.name).join(", ")} can.`,
  );
};

/**
 * The record behind a delivery, as it is at the provider now.
 *
 * @throws ConnectionError, HooklineError INPUT_INVALID, PROVIDER_UNKNOWN or SUBSCRIPTION_FAILED.
 */
export const fetchRecordOf = async (
  host: Pick<ActionContext, "logger">,
  connection: Connection | undefined,
  { provider: id, event }: DeliveryOfRecord,
): Promise<FetchedRecord> => {
  const provider = findProvider(id);
  const { access, fetchRecord } = findFetching(provider);
  const fields = readFields(connection);
  const call = fetchRecord.request(event, fields);
  if (!call) {
    host.logger.warn(`${provider.name}: this ${event.type} names no record, so none is fetched.`);
    return { record: null, gone: false };
  }
  return withApi(fetchRecord.access ?? access, connection, async ({ send, secrets }) => {
    const answer = await send(call.request(undefined));
    if (isGone(answer)) return { record: null, gone: true };
    if (isSuccess(answer)) return { record: call.read(answer, undefined), gone: false };
    throw toRefusal({ attempt: "fetch the record", answer, secrets });
  });
};
