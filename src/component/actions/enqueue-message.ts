import { action } from "@prismatic-io/spectral";
import { createQueue } from "../../queue/queue";
import { messageInputs } from "../inputs/message";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue, dedupeWindowSeconds } = queueInputs;

export const enqueueMessage = action({
  display: {
    label: "Enqueue Message",
    description:
      "Put a message at the end of a queue, unless it repeats one that the queue remembers.",
  },
  inputs: { queueConnection, queue, ...messageInputs, dedupeWindowSeconds },
  perform: async (_context, params) => {
    const { orderingKey, dedupeKey, body, delaySeconds } = params;
    const draft = { orderingKey, dedupeKey, body, delaySeconds };
    const answers = await useQueue(params.queueConnection, (access) =>
      createQueue(access, params.queue).enqueue([draft], params.dedupeWindowSeconds),
    );
    const [{ status, id }] = answers as [(typeof answers)[number]];
    return { data: { status, id } };
  },
  examplePayload: { data: { status: "enqueued", id: "1042" } },
});
