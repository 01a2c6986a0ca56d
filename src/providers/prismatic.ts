import { probe } from "../challenges/probe";
import { bodyEvents } from "../events/body-events";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const prismatic = defineProvider({
  id: "prismatic",
  name: "Prismatic",
  docs: "https://prismatic.io/docs/webhooks/configuring-event-webhooks/",
  evidence: "docs",
  secret: "The secret of the event webhook, as set in the organization's settings > Event Webhooks",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-webhook-signature", grammar: prefixed("sha256=") },
    content: ({ body }) => [body],
  }),
  challenge: probe({
    signed: true,
    when: { all: [{ header: "x-webhook-event", equals: "webhook.test" }] },
  }),
  events: bodyEvents({
    type: { first: ["event_type", { header: "x-webhook-event" }] },
    orderingKey: { first: ["instance.id", "integration.id", "customer.id", "user.id"] },
  }),
  notes: [
    "The secret is optional at Prismatic; without one its deliveries are unsigned and are rejected here.",
    "No delivery carries an id: it is a hash of event and body, which holds the event's time.",
  ],
  samples: {
    "instance.deployed": {
      headers: { "x-webhook-event": "instance.deployed" },
      body: {
        event_type: "instance.deployed",
        timestamp: "2026-01-15T09:30:00.000Z",
        organization_id: "T3JnYW5pemF0aW9uOjE=",
        webhook_id: "V2ViaG9va0VuZHBvaW50OjE=",
        user: { id: "VXNlcjox", email: "zoe@example.com", name: "Zoë" },
        instance: { id: "SW5zdGFuY2U6MQ==", name: "Acme orders" },
      },
    },
  },
});
