import { action } from "@prismatic-io/spectral";
import { release } from "../../queue/settle";
import { leaseInputs } from "../inputs/lease";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { lease, delaySeconds, reason } = leaseInputs;

export const releaseMessage = action({
  display: {
    label: "Release Message",
    description:
      "Give a message back that could not be handled, to be tried again later; after its last attempt it is set aside.",
  },
  inputs: { queueConnection: queueInputs.queueConnection, lease, delaySeconds, reason },
  perform: async (_context, params) => ({
    data: await useQueue(params.queueConnection, (access) =>
      release(access, params.lease, { delaySeconds: params.delaySeconds, reason: params.reason }),
    ),
  }),
  examplePayload: { data: { status: "released", availableAt: "2026-11-21T03:00:12.310Z" } },
});
