import { action } from "@prismatic-io/spectral";
import { toHealth } from "../../subscriptions/health";
import example from "../example-payloads/subscriptions.json";
import { subscriptionInputs } from "../inputs/subscription";
import { inspectSubscription } from "../managed/keep-subscription";
import { recordsOf, type SubscriptionReport, toNotedSetup } from "../managed/setup";

const { provider, connection } = subscriptionInputs;

export const listSubscriptions = action({
  display: {
    label: "List Subscriptions",
    description:
      "Look up which of this instance's subscriptions are live at the provider, which are missing and when they expire. Changes nothing.",
  },
  inputs: { provider, connection },
  perform: async (context, params) => {
    const kept = recordsOf(context, params.provider);
    const found = await Promise.all(
      kept.map((one) => inspectSubscription(context, toNotedSetup(params.connection, one))),
    );
    const subscriptions = found.flat();
    return {
      data: {
        subscriptions,
        health: toHealth(
          subscriptions,
          kept.map(({ record }) => record),
        ),
      },
    };
  },
  examplePayload: { data: example as SubscriptionReport },
});
