import { action } from "@prismatic-io/spectral";
import { toHealth } from "../../subscriptions/health";
import { readRecord } from "../../subscriptions/record";
import example from "../example-payloads/subscriptions.json";
import { subscriptionInputs } from "../inputs/subscription";
import { dropSubscription } from "../managed/drop-subscription";
import { toEndpointKey } from "../managed/flow-records";
import { type SetupResult, toNotedSetup, toSetup } from "../managed/setup";

export const removeSubscription = action({
  display: {
    label: "Remove Subscription",
    description:
      "Remove the webhooks that Ensure Subscription made for an endpoint, for a flow that runs when an instance is deleted. Reports what could not be removed, and never fails for it.",
  },
  inputs: subscriptionInputs,
  perform: async (context, params): Promise<SetupResult> => {
    const key = toEndpointKey(params.endpointUrl);
    const record = readRecord(context.crossFlowState?.[key]);
    const setup = record
      ? toNotedSetup(params.connection, { key, record })
      : toSetup(context, params);
    const { orphans, record: left } = await dropSubscription(context, setup);
    const data: SetupResult["data"] = {
      subscriptions: [],
      health: {
        ...toHealth([], []),
        healthy: orphans.length === 0,
        orphans: orphans.map(({ id, reason }) => ({ id, reason })),
      },
    };
    return { data, crossFlowState: { [key]: left } };
  },
  examplePayload: {
    data: { subscriptions: [], health: { ...example.health, live: 0 } },
  },
});
