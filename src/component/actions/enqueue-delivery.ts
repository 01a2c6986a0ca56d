import { action, input } from "@prismatic-io/spectral";
import { queueInputs } from "../inputs/queue";
import { enqueueDelivery as enqueue } from "../queue/enqueue-delivery";
import { readQueueableDelivery } from "../queue/queueable-delivery";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue, dedupeWindowSeconds } = queueInputs;

export const enqueueDelivery = action({
  display: {
    label: "Enqueue Delivery",
    description:
      "Put every event of a webhook delivery into a queue, each behind those that share its ordering key.",
  },
  inputs: {
    queueConnection,
    queue,
    delivery: input({
      label: "Delivery",
      type: "data",
      required: true,
      comments:
        "The delivery with its events, from the results of a webhook trigger. An event without an ordering key waits for no other.",
      placeholder: "Reference payload.delivery of the trigger",
      example:
        '{"provider":"example","sentAt":null,"receivedAt":"2026-11-21T03:00:01.120Z","events":[{"id":"1","type":"order.paid","orderingKey":"order-42","data":{}}]}',
      clean: readQueueableDelivery,
    }),
    dedupeWindowSeconds,
  },
  perform: async (_context, params) => ({
    data: await useQueue(params.queueConnection, (access) =>
      enqueue(access, params.queue, params.delivery, params.dedupeWindowSeconds),
    ),
  }),
  examplePayload: { data: { enqueued: 2, duplicates: 1, ids: ["1042", "1043", "1038"] } },
});
