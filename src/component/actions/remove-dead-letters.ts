import { action } from "@prismatic-io/spectral";
import { createQueue } from "../../queue/queue";
import { deadLetterInputs } from "../inputs/dead-letters";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue } = queueInputs;

export const removeDeadLetters = action({
  display: {
    label: "Remove Dead Letters",
    description:
      "Remove dead letters for good; an ordering key that waited for one of them goes on.",
  },
  inputs: { queueConnection, queue, ids: deadLetterInputs.removedIds },
  perform: async (_context, params) => {
    const removed = await useQueue(params.queueConnection, (access) =>
      createQueue(access, params.queue).discard(params.ids),
    );
    return { data: { removed } };
  },
  examplePayload: { data: { removed: 1 } },
});
