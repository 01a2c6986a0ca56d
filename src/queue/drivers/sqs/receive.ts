import { randomUUID } from "node:crypto";
import type { Message } from "@aws-sdk/client-sqs";
import type { SqsEngine } from "./engine";
import { type Envelope, type Origin, readEnvelope } from "./envelope";

/** A message as SQS hands it out. */
export interface Received {
  readonly receipt: string;
  /** Another one each time that the message is sent. */
  readonly messageId: string;
  /** Milliseconds, by the service's clock, of its last sending. */
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly envelope: Envelope;
  /** Of its first sending. */
  readonly origin: Origin;
  /** When it was handed out, up to a second early. */
  readonly at: Date;
}

export interface Wanted {
  /** At most 10. */
  readonly maximum: number;
  /** Kept from others for so long. */
  readonly seconds: number;
  readonly patienceSeconds: number;
}

const toReceived = (message: Message, at: Date): Received => {
  const { MessageId: messageId = "", ReceiptHandle: receipt = "", Body = "", Attributes } = message;
  const attributes: Partial<Record<string, string>> = Attributes ?? {};
  const { MessageGroupId: group = "", MessageDeduplicationId = "" } = attributes;
  const { SequenceNumber: sequence = "0" } = attributes;
  const sentAt = Number(attributes.SentTimestamp ?? at.getTime());
  const own = { orderingKey: group, dedupeKey: MessageDeduplicationId };
  const envelope = readEnvelope(Body, own);
  const receiveCount = Number(attributes.ApproximateReceiveCount ?? 1);
  const origin = envelope.origin ?? { id: messageId, enqueuedAt: sentAt, sequence, group };
  return { receipt, messageId, sentAt, receiveCount, envelope, origin, at };
};

/** The SDK's own retries repeat the attempt's id, so that an answer that was lost is given again instead of the next messages. */
export const receive = async (
  { call }: SqsEngine,
  url: string,
  { maximum, seconds, patienceSeconds }: Wanted,
): Promise<Received[]> => {
  const ReceiveRequestAttemptId = randomUUID();
  const { output, at } = await call((sqs) =>
    sqs.receiveMessage({
      QueueUrl: url,
      MaxNumberOfMessages: maximum,
      VisibilityTimeout: seconds,
      WaitTimeSeconds: patienceSeconds,
      ReceiveRequestAttemptId,
      MessageSystemAttributeNames: [
        "ApproximateReceiveCount",
        "SentTimestamp",
        "SequenceNumber",
        "MessageGroupId",
        "MessageDeduplicationId",
      ],
    }),
  );
  return (output.Messages ?? []).map((message) => toReceived(message, at));
};
