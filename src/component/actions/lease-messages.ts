import { action } from "@prismatic-io/spectral";
import { createQueue } from "../../queue/queue";
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
  examplePayload: {
    branch: "Messages",
    data: {
      messages: [
        {
          lease: "hookline1.WyJwb3N0Z3Jlc1F1ZXVlIiwiNHVs.q2tTQ2ZrT1pXb0hH",
          id: "1042",
          orderingKey: "order-42",
          dedupeKey: "stripe:evt_1NG8Du2eZvKYlo2CUI79vXWy",
          attempt: 1,
          enqueuedAt: "2026-11-21T03:00:01.240Z",
          expiresAt: "2026-11-21T03:05:02.310Z",
          body: {
            provider: "stripe",
            id: "evt_1NG8Du2eZvKYlo2CUI79vXWy",
            type: "order.paid",
            orderingKey: "order-42",
            sentAt: "2026-11-21T03:00:00.000Z",
            receivedAt: "2026-11-21T03:00:01.120Z",
            data: { order: 42, state: "paid" },
          },
        },
      ],
    },
  },
});
