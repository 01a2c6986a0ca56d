import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const zendesk = defineProvider({
  id: "zendesk",
  name: "Zendesk",
  docs: "https://developer.zendesk.com/documentation/webhooks/verifying/",
  evidence: "docs",
  secret: "The webhook's signing secret, from Admin Center > Apps and integrations > Webhooks",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    signature: { header: "x-zendesk-webhook-signature" },
    timestamp: { header: "x-zendesk-webhook-signature-timestamp", unit: "iso8601" },
    content: ({ timestamp, body }) => [timestamp, body],
  }),
  events: bodyEvents({
    id: { header: "x-zendesk-webhook-invocation-id" },
    type: "type",
    orderingKey: { first: ["detail.id", "subject"] },
  }),
  notes: [
    "A webhook of a trigger or automation sends the body that you wrote there: put a type and detail.id into it, or the event's type is unknown.",
    "Zendesk does not say how old a signature may be; 300 seconds are assumed.",
  ],
  samples: {
    "zen:event-type:ticket.created": {
      headers: {
        "x-zendesk-account-id": "123456",
        "x-zendesk-webhook-id": "01F1KRFQ6BG29CNWFR60NK5FNY",
        "x-zendesk-webhook-invocation-id": "8350205582",
      },
      body: {
        type: "zen:event-type:ticket.created",
        account_id: 123456,
        id: "cbe4028c-7239-495d-b020-f22348516046",
        time: "2026-01-15T09:30:00Z",
        subject: "zen:ticket:5158",
        detail: { id: "5158", subject: "Zoë cannot log in", status: "OPEN" },
        event: {},
      },
    },
  },
});
