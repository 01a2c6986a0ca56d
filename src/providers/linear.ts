import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const linear = defineProvider({
  id: "linear",
  name: "Linear",
  docs: "https://linear.app/developers/webhooks",
  evidence: "sdk",
  secret: "The webhook's signing secret (lin_wh_…), from its page under Settings > API",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "linear-signature" },
    timestamp: { json: "webhookTimestamp", unit: "milliseconds", toleranceSeconds: 60 },
    content: ({ body }) => [body],
  }),
  events: bodyEvents({
    id: { header: "linear-delivery" },
    type: { joined: [{ first: ["type", { header: "linear-event" }] }, "action"] },
    orderingKey: { first: ["data.id", "agentSession.id", "notification.id"] },
  }),
  notes: [
    "The signed time is in the body, webhookTimestamp. Linear allows it to be 60 seconds old.",
  ],
  samples: {
    "Issue.create": {
      headers: {
        "linear-delivery": "234d1a4e-b617-4388-90fe-adc3633d6b72",
        "linear-event": "Issue",
      },
      body: {
        action: "create",
        type: "Issue",
        data: { id: "2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9", title: "Zoë's bug" },
        webhookTimestamp: 1700000000000,
        webhookId: "000042e3-d123-4980-b49f-8e140eef9329",
      },
    },
  },
});
