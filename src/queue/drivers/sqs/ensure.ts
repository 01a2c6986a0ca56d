import { setTimeout as delay } from "node:timers/promises";
import type { Readiness } from "../../driver";
import type { SqsEngine } from "./engine";
import type { QueueNames } from "./queue-names";
import { readServiceError } from "./service-error";
import { LARGEST_MESSAGE_BYTES } from "./traits";

const RETENTION_SECONDS = 1_209_600;

const wanted = {
  FifoQueue: "true",
  ContentBasedDeduplication: "false",
  MessageRetentionPeriod: String(RETENTION_SECONDS),
  MaximumMessageSize: String(LARGEST_MESSAGE_BYTES),
};

/** What every queue of SQS does to its messages. */
const usualWarnings = [
  "Amazon SQS deletes a message 14 days after it was enqueued, and a dead letter 14 days after it was set aside, whether somebody has handled it or not.",
  "Amazon SQS drops repeats for 5 minutes. A provider that delivers again later than that is handled twice.",
  "Amazon SQS looks at the first 120,000 messages only. A longer backlog of one ordering key hides the messages of other keys behind it.",
];

type Attributes = Readonly<Partial<Record<string, string>>>;

/** What somebody else has set in a queue that was there already, and that changes what ours does. */
const deviations: readonly (readonly [(attributes: Attributes) => boolean, string])[] = [
  [
    ({ MessageRetentionPeriod = "" }) => Number(MessageRetentionPeriod) < RETENTION_SECONDS,
    "keeps messages for less than 14 days. Raise its message retention period.",
  ],
  [
    ({ MaximumMessageSize = "" }) => Number(MaximumMessageSize) < LARGEST_MESSAGE_BYTES,
    "takes messages of less than 1 MiB. Raise its maximum message size.",
  ],
  [
    ({ DeduplicationScope }) => DeduplicationScope === "messageGroup",
    "drops repeats inside one ordering key only. Set its deduplication scope to the queue.",
  ],
  [
    ({ DelaySeconds = "0" }) => Number(DelaySeconds) > 0,
    "delays every message. Set its delivery delay to 0.",
  ],
  [
    ({ RedrivePolicy = "" }) => RedrivePolicy !== "",
    "moves messages to a dead-letter queue by itself, where Hookline does not look for them. Remove its redrive policy: Maximum Attempts does the same.",
  ],
];

/** Whether it was made by this call, and not by somebody else at the same moment. */
const create = async ({ call, urls }: SqsEngine, name: string): Promise<boolean> => {
  try {
    const { output } = await call((sqs) =>
      sqs.createQueue({ QueueName: name, Attributes: wanted }),
    );
    urls.remember(name, output.QueueUrl ?? "");
    return true;
  } catch (error) {
    if (!/^Queue(NameExists|AlreadyExists)$/.test(readServiceError(error).code)) throw error;
    return false;
  }
};

const describeDeviations = async (
  { call, urls }: SqsEngine,
  name: string,
): Promise<readonly string[]> => {
  const url = await urls.of(name);
  const { output } = await call((sqs) =>
    sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ["All"] }),
  );
  const attributes: Attributes = output.Attributes ?? {};
  return deviations
    .filter(([deviates]) => deviates(attributes))
    .map(([, what]) => `The queue "${name}" was there already, and ${what}`);
};

/**
 * Leaves a queue that is there as it is, so that it can be made by other means and without the right to create queues.
 * A new one can be used a second later: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export const ensure = async (
  engine: SqsEngine,
  { messages, deadLetters }: QueueNames,
): Promise<Readiness> => {
  const warnings: string[] = [];
  let isNew = false;
  for (const name of [messages, deadLetters]) {
    const isThere = (await engine.urls.find(name)) !== undefined;
    if (!isThere && (await create(engine, name))) isNew = true;
    else warnings.push(...(await describeDeviations(engine, name)));
  }
  if (isNew) await delay(engine.patienceSeconds * 1000);
  return { warnings: [...warnings, ...usualWarnings] };
};
