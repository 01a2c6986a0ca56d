import type { SqsEngine } from "../engine";
import { writeEnvelope } from "../envelope";
import type { QueueNames } from "../queue-names";
import type { Received } from "../receive";
import { type Sending, sendInOrder } from "../send";
import { toRedriveDedupeId } from "../sqs-ids";
import { takeDeadLetters } from "./take";

/** As a new message of its old group, so that SQS counts its receives from the start; it keeps its id and its time. */
const toSending = ({ envelope, origin, messageId }: Received): Sending => {
  const { orderingKey, dedupeKey, body } = envelope;
  return {
    group: origin.group,
    dedupeId: toRedriveDedupeId(messageId),
    text: writeEnvelope({ orderingKey, dedupeKey, body, origin }),
  };
};

/** Not by StartMessageMoveTask, which moves all or nothing, keeps no reason apart and mixes the order of a group. */
export const redrive = async (
  engine: SqsEngine,
  { messages, deadLetters }: QueueNames,
  ids: readonly string[] | "all",
): Promise<number> => {
  const [url, deadUrl] = [await engine.urls.of(messages), await engine.urls.of(deadLetters)];
  return takeDeadLetters(engine, deadUrl, ids, async (letters) => {
    await sendInOrder(engine, url, letters.map(toSending));
  });
};
