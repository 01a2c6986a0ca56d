import { bodyEvents } from "../events/body-events";
import { standardWebhooks as standardScheme } from "../signatures/standard-webhooks";
import { defineProvider } from "./provider";

export const standardWebhooks = defineProvider({
  id: "standard-webhooks",
  name: "Standard Webhooks",
  docs: "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
  evidence: "sdk",
  secret:
    "The endpoint's secret (whsec_…), or the sender's public key (whpk_…) where it signs with a private one",
  signature: standardScheme(),
  events: bodyEvents({
    id: { header: "webhook-id" },
    type: "type",
    orderingKey: { first: ["data.id", "data.object.id"] },
  }),
  notes: ["For every sender that follows the specification and has no entry of its own here."],
  samples: {
    "contact.created": {
      headers: { "webhook-id": "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W" },
      body: {
        type: "contact.created",
        timestamp: "2022-11-03T20:26:10.344522Z",
        data: { id: "1f81eb52-5198-4599-803e-771906343485", type: "contact" },
      },
    },
  },
});
