import { action } from "@prismatic-io/spectral";
import { acknowledgeAll } from "../../queue/settle";
import { leaseInputs } from "../inputs/lease";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

export const acknowledgeMessages = action({
  display: {
    label: "Acknowledge Messages",
    description: "End many messages that were handled in one step, which is faster than one each.",
  },
  inputs: { queueConnection: queueInputs.queueConnection, leases: leaseInputs.leases },
  perform: async (_context, { queueConnection, leases }) => ({
    data: await useQueue(queueConnection, (access) => acknowledgeAll(access, leases)),
  }),
  examplePayload: {
    data: { acknowledged: 2, stale: 0, early: 0, statuses: ["acknowledged", "acknowledged"] },
  },
});
