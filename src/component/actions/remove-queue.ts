import { action, input } from "@prismatic-io/spectral";
import { toFlag } from "../inputs/clean";
import { queueInputs } from "../inputs/queue";
import { removeQueue as remove } from "../queue/remove-queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue } = queueInputs;

export const removeQueue = action({
  display: {
    label: "Remove Queue",
    description:
      "Remove a queue with everything in it: for a flow that runs when an instance is deleted.",
  },
  inputs: {
    queueConnection,
    queue,
    evenIfFilled: input({
      label: "Even If Filled",
      type: "boolean",
      required: false,
      default: "false",
      comments:
        "Whether the queue is removed with the messages and dead letters that it still holds. It is kept, and the step fails, unless this is true.",
      placeholder: "Choose true or false",
      example: "false",
      clean: toFlag("Even If Filled", false),
    }),
  },
  perform: async (_context, params) => {
    await useQueue(params.queueConnection, (access) =>
      remove(access, params.queue, params.evenIfFilled),
    );
    return { data: { removed: true } };
  },
  examplePayload: { data: { removed: true } },
});
