import { action } from "@prismatic-io/spectral";
import example from "../example-payloads/subscriptions.json";
import { subscriptionInputs } from "../inputs/subscription";
import { inspectRecords } from "../managed/inspect-records";
import { recordsOf, type SubscriptionReport } from "../managed/setup";

const { provider, connection } = subscriptionInputs;

export const listSubscriptions = action({
  display: {
    label: "List Subscriptions",
    description:
      "Look up which of this instance's subscriptions are live at the provider, which are missing and when they expire. Changes nothing, and says in its health what it could not look up.",
  },
  inputs: { provider, connection },
  perform: async (context, params) => ({
    data: await inspectRecords(context, params.connection, recordsOf(context, params.provider)),
  }),
  examplePayload: { data: example as SubscriptionReport },
});
