import { HooklineError } from "../../errors";
import { createQueue, type QueueAccess } from "../../queue/queue";

/**
 * Removes a queue. One that still holds something is kept, unless that is what is wanted: a message that was accepted is
 * not lost by a wrong reference.
 *
 * @throws HooklineError INPUT_INVALID where it is not empty; and what `QueueDriver` throws.
 */
export const removeQueue = async (
  access: QueueAccess,
  queueName: string,
  evenIfFilled: boolean,
): Promise<void> => {
  const queue = createQueue(access, queueName);
  if (!evenIfFilled) {
    const { ready, delayed, leased, blocked, dead } = await queue.status();
    const messages = ready + delayed + leased + blocked;
    if (messages + dead > 0)
      throw new HooklineError(
        "INPUT_INVALID",
        `Even If Filled: the queue is kept, because it is not empty (messages: ${messages}, dead letters: ${dead}). Settle them first, or choose true to lose them.`,
      );
  }
  await queue.remove();
};
