import { action } from "@prismatic-io/spectral";
import { deadLetter } from "../../queue/settle";
import { leaseInputs } from "../inputs/lease";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { lease, reason } = leaseInputs;

export const deadLetterMessage = action({
  display: {
    label: "Dead-Letter Message",
    description:
      "Set a message aside that can never be handled, with the reason, so that its ordering key goes on without it.",
  },
  inputs: { queueConnection: queueInputs.queueConnection, lease, reason },
  perform: async (_context, params) => ({
    data: await useQueue(params.queueConnection, (access) =>
      deadLetter(access, params.lease, params.reason),
    ),
  }),
  examplePayload: { data: { status: "deadLettered" } },
});
