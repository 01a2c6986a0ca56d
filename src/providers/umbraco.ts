import { bodyEvents } from "../events/body-events";
import { sharedToken } from "../signatures/shared-token";
import { defineProvider } from "./provider";
import { umbracoSubscription } from "./umbraco/subscription";

export const umbraco = defineProvider({
  id: "umbraco",
  name: "Umbraco CMS",
  docs: "https://docs.umbraco.com/umbraco-cms/reference/webhooks",
  evidence: "docs",
  secret:
    "A long random text of your own, which you also give to the webhook as custom header X-Webhook-Secret",
  signature: sharedToken({ header: "x-webhook-secret" }),
  subscription: umbracoSubscription,
  events: bodyEvents({
    type: { header: "umb-webhook-event" },
    orderingKey: { first: ["Id", "id", "Key", "key"] },
  }),
  notes: [
    "Umbraco signs nothing. The trigger Umbraco CMS Webhook makes the webhooks and their secret by itself. For any other: under Settings > Webhooks give the webhook the custom header X-Webhook-Secret with the signing secret.",
    "No delivery carries an id: it is a hash of event and body, which a retry repeats exactly. With minimal payloads (the default from version 18 on) two publishes of the same item are the same to the byte, so keep a dedupe window short: by default five retries come ten seconds apart.",
    "Deliveries that were queued before a webhook was disabled still arrive, in any order.",
  ],
  samples: {
    "Umbraco.ContentPublish": {
      headers: { "umb-webhook-event": "Umbraco.ContentPublish", "umb-webhook-retrycount": "0" },
      body: {
        Name: "Root",
        CreateDate: "2023-12-11T12:02:38.9979314",
        UpdateDate: "2023-12-11T12:02:38.9979314",
        Id: "c1922956-7855-4fa0-8f2c-7af149a92135",
        ContentType: "root",
        Properties: {},
      },
    },
    "Umbraco.ContentDelete": {
      headers: { "umb-webhook-event": "Umbraco.ContentDelete", "umb-webhook-retrycount": "0" },
      body: { Id: "c1922956-7855-4fa0-8f2c-7af149a92135" },
    },
  },
});
