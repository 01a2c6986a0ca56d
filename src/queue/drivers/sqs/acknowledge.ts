import type { SqsEngine } from "./engine";
import type { HeldMessage } from "./reference";
import { isLostLease } from "./service-error";

/** A FIFO queue deletes nothing for a receipt whose lease ran out, even if nobody has the message yet. */
export const acknowledge = async (
  { call }: SqsEngine,
  url: string,
  { receipt }: Pick<HeldMessage, "receipt">,
): Promise<"done" | "stale"> => {
  try {
    await call((sqs) => sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: receipt }));
    return "done";
  } catch (error) {
    if (isLostLease(error)) return "stale";
    throw error;
  }
};
