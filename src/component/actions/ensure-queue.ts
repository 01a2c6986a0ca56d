import { action } from "@prismatic-io/spectral";
import { createQueue } from "../../queue/queue";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue } = queueInputs;

export const ensureQueue = action({
  display: {
    label: "Ensure Queue",
    description:
      "Make what a queue needs, if it is not there yet, and warn of settings that can lose messages: for a flow that runs on deploy.",
  },
  inputs: { queueConnection, queue },
  perform: async ({ logger }, params) => {
    const { warnings } = await useQueue(params.queueConnection, (access) =>
      createQueue(access, params.queue).ensure(),
    );
    for (const warning of warnings) logger.warn(`Queue ${params.queue}: ${warning}`);
    return { data: { ready: true, warnings } };
  },
  examplePayload: { data: { ready: true, warnings: [] } },
});
