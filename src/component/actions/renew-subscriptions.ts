import { action, input, util } from "@prismatic-io/spectral";
import example from "../example-payloads/subscriptions.json";
import { subscriptionInputs } from "../inputs/subscription";
import { renewRecords } from "../managed/renew-records";
import {
  recordsOf,
  type SetupResult,
  type SubscriptionReport,
  toNotedSetup,
  toSubscriptionReport,
} from "../managed/setup";

const { provider, connection } = subscriptionInputs;

export const renewSubscriptions = action({
  display: {
    label: "Renew Subscriptions",
    description:
      "Renew what is past half of its life and make anew what is gone, for all flows of the instance: run it on a schedule, at least four times in the life of a subscription. Does not fail when the provider does, but says so in its health.",
  },
  inputs: {
    provider,
    connection,
    renewsNow: input({
      label: "Renew Now",
      type: "boolean",
      required: false,
      default: "false",
      comments:
        "Renew even what is far from expiring, because the provider asks for it, as Microsoft Graph does with the event reauthorizationRequired.",
      placeholder: "Choose whether to renew now",
      example: "false",
      clean: (value: unknown): boolean => util.types.toBool(value, false),
    }),
  },
  perform: async (context, params): Promise<SetupResult> => {
    const renewed = await renewRecords(context, recordsOf(context, params.provider), (kept) => ({
      ...toNotedSetup(params.connection, kept),
      renewsNow: params.renewsNow,
    }));
    return {
      data: toSubscriptionReport(renewed.map(({ record }) => record)),
      crossFlowState: Object.fromEntries(renewed.map(({ key, record }) => [key, record])),
    };
  },
  examplePayload: { data: example as SubscriptionReport },
});
