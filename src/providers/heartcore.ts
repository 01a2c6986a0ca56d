import { bodyEvents } from "../events/body-events";
import { sharedToken } from "../signatures/shared-token";
import { defineProvider } from "./provider";

export const heartcore = defineProvider({
  id: "heartcore",
  name: "Umbraco Heartcore",
  docs: "https://docs.umbraco.com/umbraco-heartcore/getting-started/webhooks",
  evidence: "assumed",
  secret:
    "A long random text of your own, which you also give to the webhook as custom header X-Webhook-Secret",
  signature: sharedToken({ header: "x-webhook-secret" }),
  events: bodyEvents({
    id: {
      first: [
        { header: "umb-delivery-id" },
        { joined: [{ header: "umb-headless-event" }, "_id", "_updateDate"], separator: ":" },
      ],
    },
    type: { header: "umb-headless-event" },
    orderingKey: "_id",
  }),
  notes: [
    "Heartcore signs nothing. Under Settings > Headless > Webhooks give the webhook the custom header X-Webhook-Secret with the signing secret.",
    "It delivers from 20.86.53.156 and 20.86.53.157 only: Allowed Sources 20.86.53.156/31.",
    "An unpublish or delete carries nothing but _id: repeated ones share an id, and one may arrive after a later publish. Fetch the content to be sure; a 404 means that it is gone.",
    "That the event is in header Umb-Headless-Event is known from public issues, not from the documentation.",
  ],
  samples: {
    "content.publish": {
      headers: { "umb-headless-event": "content.publish" },
      body: {
        _id: "ec4aafcc-0c25-4f25-a8fe-705bfae1d324",
        _createDate: "2019-06-17T13:46:24.093Z",
        _updateDate: "2019-09-17T14:43:14.827Z",
        contentTypeAlias: "products",
        name: "Products",
      },
    },
    "content.unpublish": {
      headers: { "umb-headless-event": "content.unpublish" },
      body: { _id: "e70dc673-600c-41a2-a1a9-5c3259a919bb" },
    },
  },
});
