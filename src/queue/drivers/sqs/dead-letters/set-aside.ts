import { acknowledge } from "../acknowledge";
import type { SqsEngine } from "../engine";
import { writeEnvelope } from "../envelope";
import type { QueueNames } from "../queue-names";
import type { HeldMessage } from "../reference";
import { sendInOrder } from "../send";
import { toAsideDedupeId, toGroupId } from "../sqs-ids";
import { changeVisibility } from "../visibility";

/** Longer than sending takes, retries included. */
const MOVE_SECONDS = 60;

/**
 * Sends the message to the dead letters, then deletes it: cut off in between, it is in both, and the next try makes no
 * second dead letter inside the dedupe window. Before that the lease is renewed, which tells whether it is still ours.
 *
 * Each dead letter is a group of its own, because SQS hands out no second message of a group while one is held, and a
 * list wants them all.
 */
export const setAside = async (
  engine: SqsEngine,
  { messages, deadLetters }: QueueNames,
  held: HeldMessage,
  reason: string,
): Promise<"done" | "stale"> => {
  const { envelope, origin, attempt, messageId } = held;
  const [url, deadUrl] = [await engine.urls.of(messages), await engine.urls.of(deadLetters)];
  if ((await changeVisibility(engine, url, held, MOVE_SECONDS)) === "stale") return "stale";
  const { orderingKey, dedupeKey, body } = envelope;
  const aside = { reason, attempt };
  const text = writeEnvelope({ orderingKey, dedupeKey, body, origin, aside });
  const dedupeId = toAsideDedupeId(messageId);
  await sendInOrder(engine, deadUrl, [{ group: toGroupId(messageId), dedupeId, text }]);
  return acknowledge(engine, url, held);
};
