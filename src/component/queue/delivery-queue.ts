import type { Connection } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import { checkQueueName } from "../../queue/limits";

/** Where a trigger keeps what it accepts, before the provider gets its answer. */
export interface DeliveryQueue {
  readonly connection: Connection;
  readonly name: string;
}

/** Nothing where no queue is wanted. @throws HooklineError INPUT_INVALID for half of what a queue needs. */
export const toDeliveryQueue = (
  connection: Connection | undefined,
  name: string,
): DeliveryQueue | undefined => {
  if (connection === undefined && name === "") return undefined;
  if (connection !== undefined && name !== "") return { connection, name: checkQueueName(name) };
  throw new HooklineError(
    "INPUT_INVALID",
    "Queue Connection, Queue: fill in both, so that events are kept before they are acknowledged, or neither.",
  );
};
