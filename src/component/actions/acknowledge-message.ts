import { action } from "@prismatic-io/spectral";
import { acknowledge } from "../../queue/settle";
import { leaseInputs } from "../inputs/lease";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

export const acknowledgeMessage = action({
  display: {
    label: "Acknowledge Message",
    description:
      "End a message that was handled, so that the next one of its ordering key follows.",
  },
  inputs: { queueConnection: queueInputs.queueConnection, lease: leaseInputs.lease },
  perform: async (_context, { queueConnection, lease }) => ({
    data: await useQueue(queueConnection, (access) => acknowledge(access, lease)),
  }),
  examplePayload: { data: { status: "acknowledged" } },
});
