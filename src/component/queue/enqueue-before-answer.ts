import { type ActionContext, ConnectionError } from "@prismatic-io/spectral";
import type { Delivery } from "../../delivery/delivery";
import { HooklineError } from "../../errors";
import { within } from "../../queue/within";
import type { DeliveryQueue } from "./delivery-queue";
import { enqueueDelivery } from "./enqueue-delivery";
import { useQueue } from "./use-queue";

/** Providers give up after 3 to 30 seconds, and deliver again whenever they have. */
const PATIENCE_SECONDS = 10;

const WHAT_FOLLOWS = "The delivery was not acknowledged, so its provider will deliver it again.";

const notAcknowledged = (error: unknown): unknown => {
  if (error instanceof ConnectionError)
    return new ConnectionError(error.connection, `${error.message} ${WHAT_FOLLOWS}`);
  if (!(error instanceof HooklineError)) return error;
  const { code, message, retryable } = error;
  return new HooklineError(code, `${message} ${WHAT_FOLLOWS}`, { cause: error, retryable });
};

const tookTooLong = () =>
  new HooklineError(
    "QUEUE_UNAVAILABLE",
    `The queue did not take the events within ${PATIENCE_SECONDS} seconds. What it took all the same is dropped as a repeat the next time.`,
    { retryable: true },
  );

type Host = Pick<ActionContext, "logger" | "isSimulatedTestExecution">;

/**
 * Keeps every event of an accepted delivery, all or none, so that the delivery may be acknowledged. The log counts them
 * and names no key: an ordering key may well be somebody's e-mail address.
 *
 * @throws ConnectionError or HooklineError where they are not kept: then the provider must not get a 2xx.
 */
export const enqueueBeforeAnswer = async (
  { logger, isSimulatedTestExecution }: Host,
  { connection, name }: DeliveryQueue,
  delivery: Delivery,
): Promise<void> => {
  if (isSimulatedTestExecution === true) {
    logger.info(`A simulated test: nothing was enqueued in the queue "${name}".`);
    return;
  }
  const work = useQueue(connection, (access) => enqueueDelivery(access, name, delivery));
  try {
    const { enqueued, duplicates } = await within(PATIENCE_SECONDS * 1000, work, tookTooLong);
    logger.info(
      `Queue "${name}": events enqueued: ${enqueued}, dropped as repeats: ${duplicates}; now the delivery is acknowledged.`,
    );
  } catch (error) {
    throw notAcknowledged(error);
  }
};
