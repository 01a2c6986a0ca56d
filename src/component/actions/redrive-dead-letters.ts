import { action } from "@prismatic-io/spectral";
import { createQueue } from "../../queue/queue";
import { deadLetterInputs } from "../inputs/dead-letters";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue } = queueInputs;

export const redriveDeadLetters = action({
  display: {
    label: "Redrive Dead Letters",
    description:
      "Put dead letters back into their queue with fresh attempts: behind the others of their ordering key, or in front if the key waits for them.",
  },
  inputs: { queueConnection, queue, ids: deadLetterInputs.redrivenIds },
  perform: async (_context, { ids, ...params }) => {
    const redriven = await useQueue(params.queueConnection, (access) =>
      createQueue(access, params.queue).redrive(ids.length === 0 ? "all" : ids),
    );
    return { data: { redriven } };
  },
  examplePayload: { data: { redriven: 2 } },
});
