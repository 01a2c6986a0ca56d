import { createHash } from "node:crypto";
import type { Delivery } from "../../delivery/delivery";
import { HooklineError } from "../../errors";
import type { WebhookEvent } from "../../events/event";
import { LARGEST_KEY_BYTES } from "../../queue/limits";
import { createQueue, type Draft, type QueueAccess } from "../../queue/queue";

/** As much of `payload.delivery` as goes into a queue. */
export type QueueableDelivery = Pick<
  Delivery,
  "provider" | "sentAt" | "receivedAt" | "events" | "rejection"
>;

/** The body of a message that holds an event of a delivery. */
interface QueuedEvent extends WebhookEvent, Pick<Delivery, "provider" | "sentAt"> {
  /** ISO 8601. */
  readonly receivedAt: string;
}

export interface EnqueuedDelivery {
  readonly enqueued: number;
  readonly duplicates: number;
  /** One for each event, in order; a duplicate has the id of the message that it repeats. */
  readonly ids: readonly string[];
}

/** A verified event is not lost for a key that no queue takes. */
const toKey = (text: string): string =>
  Buffer.byteLength(text) <= LARGEST_KEY_BYTES
    ? text
    : `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** An event without an ordering key has nothing to be kept in order with, and waits for nothing. */
const toDraft =
  ({ provider, sentAt, receivedAt }: QueueableDelivery) =>
  ({ id, type, orderingKey, data }: WebhookEvent): Draft => {
    const dedupeKey = toKey(`${provider}:${id}`);
    const body: QueuedEvent = { provider, id, type, orderingKey, sentAt, receivedAt, data };
    return { orderingKey: orderingKey ? toKey(orderingKey) : dedupeKey, dedupeKey, body };
  };

/**
 * Puts every event of a delivery into a queue, all or none.
 *
 * @throws HooklineError INPUT_INVALID for a delivery that was rejected; and what `QueueDriver` throws.
 */
export const enqueueDelivery = async (
  access: QueueAccess,
  queueName: string,
  delivery: QueueableDelivery,
  dedupeWindowSeconds?: number,
): Promise<EnqueuedDelivery> => {
  if (delivery.rejection)
    throw new HooklineError(
      "INPUT_INVALID",
      "Delivery: it was rejected, so nobody knows who sent it. Enqueue on the branch Notification only.",
    );
  const queue = createQueue(access, queueName);
  const answers = await queue.enqueue(delivery.events.map(toDraft(delivery)), dedupeWindowSeconds);
  const duplicates = answers.filter(({ status }) => status === "duplicate").length;
  return {
    enqueued: answers.length - duplicates,
    duplicates,
    ids: answers.map(({ id }) => id),
  };
};
