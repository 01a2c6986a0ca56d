import type { QueueStatus } from "../../queue-status";
import type { SqsEngine } from "./engine";
import type { QueueNames } from "./queue-names";

interface Counts {
  readonly visible: number;
  readonly invisible: number;
}

const count = async ({ call, urls }: SqsEngine, name: string): Promise<Counts> => {
  const url = await urls.of(name);
  const { output } = await call((sqs) =>
    sqs.getQueueAttributes({
      QueueUrl: url,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } =
    output.Attributes ?? {};
  return {
    visible: Number(ApproximateNumberOfMessages ?? 0),
    invisible: Number(ApproximateNumberOfMessagesNotVisible ?? 0),
  };
};

/** Approximate, and up to a minute old. SQS tells no ages of messages, and no keys. */
export const readStatus = async (
  engine: SqsEngine,
  { messages, deadLetters }: QueueNames,
): Promise<QueueStatus> => {
  const [queue, dead] = await Promise.all([count(engine, messages), count(engine, deadLetters)]);
  return {
    ready: queue.visible,
    delayed: 0,
    leased: queue.invisible,
    blocked: 0,
    dead: dead.visible + dead.invisible,
    blockedKeys: 0,
    oldestReadySeconds: null,
    oldestKeys: [],
  };
};
