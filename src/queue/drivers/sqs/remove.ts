import type { SqsEngine } from "./engine";
import type { QueueNames } from "./queue-names";
import { isMissingQueue } from "./service-error";

const removeOne = async ({ call, urls }: SqsEngine, name: string): Promise<void> => {
  const url = await urls.find(name);
  urls.forget(name);
  if (url === undefined) return;
  try {
    await call((sqs) => sqs.deleteQueue({ QueueUrl: url }));
  } catch (error) {
    if (!isMissingQueue(error)) throw error;
  }
};

/** SQS makes no queue of the same name within the next 60 seconds. */
export const remove = async (
  engine: SqsEngine,
  { messages, deadLetters }: QueueNames,
): Promise<void> => {
  await removeOne(engine, messages);
  await removeOne(engine, deadLetters);
};
