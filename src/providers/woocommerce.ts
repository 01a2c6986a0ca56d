import { probe } from "../challenges/probe";
import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const woocommerce = defineProvider({
  id: "woocommerce",
  name: "WooCommerce",
  docs: "https://developer.woocommerce.com/docs/webhooks/",
  evidence: "docs",
  secret:
    "The webhook's Secret, from WooCommerce > Settings > Advanced > Webhooks; if it was left empty, the consumer secret of the API user",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    signature: { header: "x-wc-webhook-signature" },
    content: ({ body }) => [body],
  }),
  challenge: probe({ signed: false, when: { body: /^webhook_id=\d{1,20}$/ } }),
  events: bodyEvents({
    id: { header: "x-wc-webhook-delivery-id" },
    type: { header: "x-wc-webhook-topic" },
    orderingKey: "id",
  }),
  notes: [
    "The ping that is sent on activation is not signed, and the webhook stays off unless it gets a 2xx.",
    "Event id and type come from headers, which are not signed.",
    "Never retries, and switches a webhook off after five failures in a row.",
  ],
  samples: {
    "order.created": {
      headers: {
        "x-wc-webhook-source": "https://shop.example.com/",
        "x-wc-webhook-topic": "order.created",
        "x-wc-webhook-resource": "order",
        "x-wc-webhook-event": "created",
        "x-wc-webhook-id": "7",
        "x-wc-webhook-delivery-id": "f4e1b2c3d4a5968778695a4b3c2d1e0f",
      },
      body: {
        id: 727,
        number: "727",
        status: "processing",
        currency: "EUR",
        total: "29.35",
        billing: { first_name: "Zoë", city: "Zürich" },
      },
    },
  },
});
