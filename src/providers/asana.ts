import { firstChallenge } from "../challenges/first-challenge";
import { probe } from "../challenges/probe";
import { secretHandshake } from "../challenges/secret-handshake";
import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { asanaSubscription } from "./asana/subscription";
import { defineProvider } from "./provider";

export const asana = defineProvider({
  id: "asana",
  name: "Asana",
  docs: "https://developers.asana.com/docs/webhooks-guide",
  evidence: "docs",
  secret:
    "The X-Hook-Secret of the webhook, which Asana hands over in its handshake and in its answer to the call that made the webhook",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-hook-signature" },
    content: ({ body }) => [body],
  }),
  challenge: firstChallenge(
    secretHandshake("x-hook-secret"),
    probe({ signed: true, when: { body: /^\s*\{\s*("events"\s*:\s*\[\s*\]\s*)?\}\s*$/ } }),
  ),
  subscription: asanaSubscription,
  events: bodyEvents({
    each: "events.*",
    type: { joined: ["resource.resource_type", "action"] },
    orderingKey: "resource.gid",
  }),
  notes: [
    "Asana makes the secret: leave the Signing Secret connection empty, create the webhook, and then fill it in. Until then only the handshake is answered.",
    "Every webhook of Asana's has a secret of its own; a flow takes two, the current and the previous.",
    "An event has no id: it is a hash of the delivery and the event's place in it. An event tells what changed, not to what.",
    "An empty list of events is a heartbeat, every eight hours; it is answered and runs nothing.",
  ],
  samples: {
    "task.changed": {
      body: {
        events: [
          {
            user: { gid: "1202", resource_type: "user" },
            created_at: "2026-01-15T09:30:00.000Z",
            action: "changed",
            resource: { gid: "1337", resource_type: "task", resource_subtype: "default_task" },
            parent: null,
            change: { field: "due_on", action: "changed" },
          },
        ],
      },
    },
  },
});
