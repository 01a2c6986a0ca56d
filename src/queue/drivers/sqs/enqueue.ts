import type { Enqueued, NewMessage } from "../../message";
import type { SqsEngine } from "./engine";
import { writeEnvelope } from "./envelope";
import { type Sending, sendInOrder } from "./send";
import { toDedupeId, toGroupId } from "./sqs-ids";

const toSending = ({ orderingKey, dedupeKey, body }: NewMessage): Sending => ({
  group: toGroupId(orderingKey),
  dedupeId: toDedupeId(dedupeKey),
  text: writeEnvelope({ orderingKey, dedupeKey, body }),
});

/**
 * Of each key in order, or up to the message that failed: then the caller repeats all of it, and SQS drops what it has.
 * A repeat inside the call is not sent, because entries of a batch come in no order.
 */
export const enqueue = async (
  engine: SqsEngine,
  url: string,
  messages: readonly NewMessage[],
): Promise<readonly Enqueued[]> => {
  const firsts = new Map<string, Sending>();
  const sendings = messages.map((message) => {
    const sending = firsts.get(message.dedupeKey) ?? toSending(message);
    firsts.set(message.dedupeKey, sending);
    return sending;
  });
  const sent = await sendInOrder(engine, url, [...firsts.values()]);
  return sendings.map((sending) => ({ status: "enqueued", id: sent.get(sending) ?? "" }));
};
