import { bodyEvents } from "../events/body-events";
import { pairs } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";
import { stripeSubscription } from "./stripe/subscription";

export const stripe = defineProvider({
  id: "stripe",
  name: "Stripe",
  docs: "https://docs.stripe.com/webhooks#verify-manually",
  evidence: "sdk",
  secret: "The endpoint's signing secret (whsec_…), from Developers > Webhooks",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "stripe-signature", grammar: pairs("v1") },
    timestamp: { header: "stripe-signature", grammar: pairs("t"), unit: "seconds" },
    content: ({ timestamp, body }) => [timestamp, ".", body],
  }),
  subscription: stripeSubscription,
  events: bodyEvents({
    id: "id",
    type: "type",
    orderingKey: { first: ["data.object.id", "related_object.id"] },
  }),
  samples: {
    "invoice.paid": {
      body: {
        id: "evt_1NG8Du2eZvKYlo2CUI79vXWy",
        object: "event",
        type: "invoice.paid",
        created: 1700000000,
        data: { object: { id: "in_1MtHbELkdIwHu7ixl4OzzPMv", object: "invoice", total: 4200 } },
      },
    },
  },
});
