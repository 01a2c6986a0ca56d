import { echo } from "../challenges/echo";
import { bodyEvents } from "../events/body-events";
import { emptyReply } from "../http/reply";
import { sharedToken } from "../signatures/shared-token";
import { microsoftGraphSubscription } from "./microsoft-graph/subscription";
import { defineProvider } from "./provider";

export const microsoftGraph = defineProvider({
  id: "microsoft-graph",
  name: "Microsoft Graph",
  docs: "https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks",
  evidence: "docs",
  secret:
    "The clientState of the subscription: a long random text of your own, given when the subscription is created",
  signature: sharedToken({ json: "value.*.clientState" }),
  challenge: echo({
    nonce: { query: "validationToken" },
    when: { all: [{ query: "validationToken" }] },
  }),
  subscription: microsoftGraphSubscription,
  events: bodyEvents({
    each: "value.*",
    id: "id",
    type: { first: ["lifecycleEvent", "changeType"] },
    orderingKey: { first: ["resourceData.id", "resource"] },
  }),
  acknowledgement: emptyReply(202),
  notes: [
    "The clientState proves the sender and does not cover the rest of the body; every notification of a delivery must carry it.",
    "Rich notifications: the tokens in validationTokens are not checked and encryptedContent is not decrypted.",
    "The id of a notification is optional; without one it gets a hash of the delivery.",
    "Subscriptions expire, after an hour to 30 days depending on the resource, and have to be renewed.",
    "To subscribe, the connection holds an application's id, an @ and its tenant's id as User Name and a client secret as Password. Resources whose notifications have to be encrypted, such as presence, cannot be subscribed to here.",
    "Lifecycle notifications come to the same endpoint, as events of the types reauthorizationRequired, subscriptionRemoved and missed.",
  ],
  samples: {
    updated: {
      body: {
        value: [
          {
            id: "lsgTZMr9KwAAA",
            subscriptionId: "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
            subscriptionExpirationDateTime: "2026-03-20T11:00:00.0000000Z",
            tenantId: "84bd8158-6d4d-4958-8b9f-9d6445542f95",
            changeType: "updated",
            resource: "Users/ddfcd489-628b-7d04-b48b-20075df800e5/Messages/AAMkAGUwNjQ4ZjIx",
            resourceData: { id: "AAMkAGUwNjQ4ZjIx" },
          },
        ],
      },
    },
    missed: {
      body: {
        value: [
          {
            lifecycleEvent: "missed",
            subscriptionId: "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
            subscriptionExpirationDateTime: "2026-03-20T11:00:00.0000000Z",
            tenantId: "84bd8158-6d4d-4958-8b9f-9d6445542f95",
            resource: "Users/ddfcd489-628b-7d04-b48b-20075df800e5/Messages",
          },
        ],
      },
    },
  },
});
