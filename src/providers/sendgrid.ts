import { bodyEvents } from "../events/body-events";
import { publicKey } from "../signatures/public-key";
import { spkiKey } from "../signatures/public-keys";
import { defineProvider } from "./provider";

export const sendgrid = defineProvider({
  id: "sendgrid",
  name: "SendGrid",
  docs: "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features",
  evidence: "sdk",
  secret: "The verification key of the Event Webhook, from Settings > Mail Settings",
  signature: publicKey({
    algorithm: "ecdsa",
    hash: "sha256",
    encoding: "base64",
    signature: { header: "x-twilio-email-event-webhook-signature" },
    timestamp: { header: "x-twilio-email-event-webhook-timestamp", unit: "seconds" },
    content: ({ timestamp, body }) => [timestamp, body],
    key: spkiKey,
  }),
  events: bodyEvents({
    each: "*",
    id: "sg_event_id",
    type: "event",
    orderingKey: { first: ["sg_message_id", "smtp-id", "email"] },
  }),
  notes: [
    "For the Event Webhook. Inbound Parse is another product.",
    "SendGrid does not say how old a signature may be; 300 seconds are assumed. Raise the tolerance if retries are rejected.",
  ],
  samples: {
    delivered: {
      body: [
        {
          email: "zoe@example.com",
          event: "delivered",
          sg_event_id: "ZGVsaXZlcmVkLTAtMTIzNDU2Nzg5MA",
          sg_message_id: "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
          timestamp: 1700000000,
        },
      ],
    },
  },
});
