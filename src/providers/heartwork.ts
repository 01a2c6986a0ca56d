import { bodyEvents } from "../events/body-events";
import { sharedToken } from "../signatures/shared-token";
import { heartworkSubscription } from "./heartwork/subscription";
import { defineProvider } from "./provider";

export const heartwork = defineProvider({
  id: "heartwork",
  name: "Heart.work",
  docs: "https://docs.api.heart.work/features/webhooks",
  evidence: "assumed",
  secret:
    "A long random text of your own, which you also give to the webhook as custom header X-Webhook-Secret",
  signature: sharedToken({ header: "x-webhook-secret" }),
  subscription: heartworkSubscription,
  events: bodyEvents({
    id: { header: "idempotency-key" },
    type: { header: "x-webhook-topic" },
    orderingKey: { first: ["id", "data.id", { header: "x-webhook-topic" }] },
  }),
  notes: [
    "Heart.work signs nothing. Give each webhook two custom headers: X-Webhook-Secret with the signing secret and X-Webhook-Topic with the name of its atomic.",
    "A delivery says neither its atomic nor an id: the type is read from X-Webhook-Topic, and the id is a hash of topic and body. Two equal bodies of one atomic look like one event.",
    "The shape of a delivery is not public. The ordering key is the field id of the body where there is one, else the topic.",
  ],
  samples: {
    CreateSalesOrder: {
      headers: { "x-webhook-topic": "CreateSalesOrder" },
      body: { id: "5f1f9a55", orderNumber: 10481, status: "Created", currency: "EUR" },
    },
    UpdateSalesOrder: {
      headers: { "x-webhook-topic": "UpdateSalesOrder" },
      contentType: "application/xml",
      body: "<SalesOrder><Id>5f1f9a55</Id><Status>Completed</Status></SalesOrder>",
    },
  },
});
