import { action } from "@prismatic-io/spectral";
import { createQueue } from "../../queue/queue";
import examplePayload from "../example-payloads/lease-messages.json";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { dedupeWindowSeconds: _, ...inputs } = queueInputs;

export const leaseMessages = action({
  display: {
    label: "Lease Messages",
    description:
      "Take the next messages of a queue, which nobody else gets until they are settled or the lease runs out.",
  },
  inputs,
  allowsBranching: true,
  staticBranchNames: ["Messages", "Empty"],
  perform: async (_context, { queueConnection, queue, ...wish }) => {
    const messages = await useQueue(queueConnection, (access) =>
      createQueue(access, queue).lease(wish),
    );
    return { branch: messages.length === 0 ? "Empty" : "Messages", data: { messages } };
  },
  examplePayload,
});
