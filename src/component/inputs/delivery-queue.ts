import { input } from "@prismatic-io/spectral";
import { toConnection, toText } from "./clean";

/** What every webhook trigger asks for where its deliveries are to be kept before they are acknowledged. */
export const deliveryQueueInputs = {
  queueConnection: input({
    label: "Queue Connection",
    type: "connection",
    required: false,
    comments:
      "Where the events of a delivery are kept before the provider gets its answer, so that none is lost if the flow fails: a connection of the kind PostgreSQL Queue, Redis Queue or Amazon SQS Queue. Nothing is kept when this and Queue are empty.",
    clean: toConnection,
  }),
  queue: input({
    label: "Queue",
    type: "string",
    required: false,
    comments:
      "The name of the queue that takes the events, together with Queue Connection. A delivery that the queue does not take fails, so that the provider sends it again.",
    placeholder: "Enter the name of the queue",
    example: "orders",
    clean: toText,
  }),
} as const;
