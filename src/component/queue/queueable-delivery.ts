import type { Delivery } from "../../delivery/delivery";
import { HooklineError } from "../../errors";
import type { WebhookEvent } from "../../events/event";
import { isJsonObject } from "../../http/json-object";
import { readReferencedDelivery } from "../inputs/referenced-delivery";
import type { QueueableDelivery } from "./enqueue-delivery";

const invalid = (message: string) => new HooklineError("INPUT_INVALID", `Delivery: ${message}`);

const isTextOrNumber = (value: unknown): value is string | number =>
  typeof value === "string" || typeof value === "number";

const readEvent = (value: unknown, index: number): WebhookEvent => {
  const event = isJsonObject(value) ? value : {};
  const { id, type, orderingKey = null, data = null } = event;
  const which = `event ${index + 1}`;
  if (!isTextOrNumber(id) || id === "")
    throw invalid(`${which} has no id, so that its repeats could not be told.`);
  if (orderingKey !== null && !isTextOrNumber(orderingKey))
    throw invalid(`${which} has an ordering key that is not a text.`);
  return {
    id: String(id),
    type: isTextOrNumber(type) ? String(type) : "unknown",
    orderingKey: orderingKey === null ? null : String(orderingKey),
    data,
  };
};

/**
 * A delivery as a flow hands it over: an object, or its JSON. One that was put together by hand may leave out its times.
 *
 * @throws HooklineError INPUT_INVALID
 */
export const readQueueableDelivery = (value: unknown): QueueableDelivery => {
  const { provider, events, sentAt, receivedAt, rejection } = readReferencedDelivery(value);
  if (!Array.isArray(events))
    throw invalid("it has no list of events. Reference payload.delivery whole.");
  return {
    provider,
    sentAt: typeof sentAt === "string" ? sentAt : null,
    receivedAt: typeof receivedAt === "string" ? receivedAt : new Date().toISOString(),
    events: events.map(readEvent),
    ...(Boolean(rejection) && { rejection: rejection as NonNullable<Delivery["rejection"]> }),
  };
};
