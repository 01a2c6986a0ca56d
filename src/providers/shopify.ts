import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";
import { orderStory } from "./shopify/order-story";
import { shopifySubscription } from "./shopify/subscription";

export const shopify = defineProvider({
  id: "shopify",
  name: "Shopify",
  docs: "https://shopify.dev/docs/apps/build/webhooks/subscribe/https",
  evidence: "sdk",
  secret:
    "The app's client secret; for webhooks made in a shop's admin, the secret shown under Settings > Notifications > Webhooks",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    signature: [{ header: "x-shopify-hmac-sha256" }, { header: "shopify-hmac-sha256" }],
    content: ({ body }) => [body],
  }),
  subscription: shopifySubscription,
  events: bodyEvents({
    id: { first: [{ header: "x-shopify-webhook-id" }, { header: "shopify-webhook-id" }] },
    type: {
      first: [
        { header: "x-shopify-topic" },
        { joined: [{ header: "shopify-topic" }, { header: "shopify-action" }], separator: "/" },
      ],
    },
    orderingKey: { first: ["admin_graphql_api_id", "id"] },
  }),
  notes: [
    "The id is that of the delivery, which its retries repeat. X-Shopify-Event-Id is one merchant action, which deliveries of several topics may share.",
    "While a client secret is rotated Shopify goes on signing with the old one: give both.",
    "Shopify's newer events, whose headers lack the X-, are accepted as well.",
    "Deliveries may arrive out of order: compare updated_at.",
  ],
  samples: {
    "orders/create": {
      headers: {
        "x-shopify-topic": "orders/create",
        "x-shopify-shop-domain": "acme.myshopify.com",
        "x-shopify-api-version": "2026-01",
        "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
        "x-shopify-event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
      },
      body: {
        id: 820982911946154500,
        admin_graphql_api_id: "gid://shopify/Order/820982911946154508",
        name: "#9999",
        total_price: "403.00",
      },
    },
  },
  story: orderStory,
});
