import { action } from "@prismatic-io/spectral";
import { createQueue } from "../../queue/queue";
import { deadLetterInputs } from "../inputs/dead-letters";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue } = queueInputs;
const { limit, cursor } = deadLetterInputs;

export const listDeadLetters = action({
  display: {
    label: "List Dead Letters",
    description: "List the messages of a queue that were set aside, oldest first, and why.",
  },
  inputs: { queueConnection, queue, limit, cursor },
  perform: async (_context, params) => ({
    data: await useQueue(params.queueConnection, (access) =>
      createQueue(access, params.queue).listDeadLetters(params.limit, params.cursor),
    ),
  }),
  examplePayload: {
    data: {
      deadLetters: [
        {
          id: "1042",
          orderingKey: "order-42",
          dedupeKey: "stripe:evt_1NG8Du2eZvKYlo2CUI79vXWy",
          attempt: 10,
          reason: "The order does not exist.",
          isBlocking: false,
          enqueuedAt: "2026-11-21T03:00:01.240Z",
          deadAt: "2026-11-21T04:21:40.007Z",
          body: { order: 42, state: "paid" },
        },
      ],
      cursor: null,
    },
  },
});
