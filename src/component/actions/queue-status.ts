import { action } from "@prismatic-io/spectral";
import { createQueue } from "../../queue/queue";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue } = queueInputs;

export const queueStatus = action({
  display: {
    label: "Queue Status",
    description:
      "Count the messages of a queue that wait, are leased or were set aside, and name the ordering keys that have waited longest.",
  },
  inputs: { queueConnection, queue },
  perform: async (_context, params) => ({
    data: await useQueue(params.queueConnection, (access) =>
      createQueue(access, params.queue).status(),
    ),
  }),
  examplePayload: {
    data: {
      ready: 12,
      delayed: 3,
      leased: 1,
      blocked: 0,
      dead: 2,
      blockedKeys: 0,
      oldestReadySeconds: 4.2,
      oldestKeys: [
        { orderingKey: "order-42", messages: 3, waitingSeconds: 61.5, state: "delayed" },
        { orderingKey: "order-57", messages: 1, waitingSeconds: 4.2, state: "ready" },
      ],
    },
  },
});
