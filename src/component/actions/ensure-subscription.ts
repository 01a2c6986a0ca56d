import { action } from "@prismatic-io/spectral";
import example from "../example-payloads/subscriptions.json";
import { subscriptionInputs } from "../inputs/subscription";
import { keepSubscription } from "../managed/keep-subscription";
import {
  type SetupResult,
  type SubscriptionReport,
  toSetup,
  toSubscriptionReport,
} from "../managed/setup";

export const ensureSubscription = action({
  display: {
    label: "Ensure Subscription",
    description:
      "Subscribe an endpoint to a provider's webhooks, for a flow that runs on deploy. May run any number of times: exactly what is asked for is live afterwards.",
  },
  inputs: subscriptionInputs,
  perform: async (context, params): Promise<SetupResult> => {
    const setup = toSetup(context, params);
    const record = await keepSubscription(context, setup);
    return { data: toSubscriptionReport([record]), crossFlowState: { [setup.key]: record } };
  },
  examplePayload: { data: example as SubscriptionReport },
});
