import { action } from "@prismatic-io/spectral";
import { LONGEST_LEASE_SECONDS } from "../../queue/limits";
import { extend } from "../../queue/settle";
import { leaseInputs } from "../inputs/lease";
import { queueInputs } from "../inputs/queue";
import { useQueue } from "../queue/use-queue";

const { queueConnection, leaseSeconds } = queueInputs;

export const extendLease = action({
  display: {
    label: "Extend Lease",
    description:
      "Keep a message, and the others of its lease, for longer, because the work goes on.",
  },
  inputs: {
    queueConnection,
    lease: leaseInputs.lease,
    leaseSeconds: {
      ...leaseSeconds,
      comments: `How long the messages are kept from everybody else, from now, from 1 to ${LONGEST_LEASE_SECONDS} seconds; 300 unless it is changed.`,
    },
  },
  perform: async (_context, params) => ({
    data: await useQueue(params.queueConnection, (access) =>
      extend(access, params.lease, params.leaseSeconds),
    ),
  }),
  examplePayload: { data: { status: "extended", expiresAt: "2026-11-21T03:10:02.310Z" } },
});
