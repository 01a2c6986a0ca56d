import { bodyEvents } from "../events/body-events";
import type { WebhookEvent } from "../events/event";
import { sharedToken } from "../signatures/shared-token";
import { heartcoreSubscription } from "./heartcore/subscription";
import { defineProvider } from "./provider";

const NO_ID = "00000000-0000-0000-0000-000000000000";

const events = bodyEvents({
  id: {
    first: [
      { header: "umb-delivery-id" },
      { joined: [{ header: "umb-headless-event" }, "_id", "_updateDate"], separator: ":" },
    ],
  },
  type: { header: "umb-headless-event" },
  orderingKey: "_id",
});

/** Ids are the same in any case. The id of nothing tells no content, so there is nothing to order by or to fetch. */
const toKnownContent = (event: WebhookEvent): WebhookEvent => {
  const orderingKey = event.orderingKey?.toLowerCase() ?? null;
  return { ...event, orderingKey: orderingKey === NO_ID ? null : orderingKey };
};

export const heartcore = defineProvider({
  id: "heartcore",
  name: "Umbraco Heartcore",
  docs: "https://docs.umbraco.com/umbraco-heartcore/getting-started/webhooks",
  evidence: "assumed",
  secret:
    "A long random text of your own, which you also give to the webhook as custom header X-Webhook-Secret",
  signature: sharedToken({ header: "x-webhook-secret" }),
  events: { ...events, read: (source) => events.read(source).map(toKnownContent) },
  subscription: heartcoreSubscription,
  notes: [
    "Heartcore signs nothing. Under Settings > Headless > Webhooks give the webhook the custom header X-Webhook-Secret with the signing secret.",
    "It delivers from 20.86.53.156 and 20.86.53.157 only: Allowed Sources 20.86.53.156/31.",
    "It sends a delivery up to ten times, repeats even one that succeeded, and pauses for a slow endpoint: expect duplicates, bursts and another order, and after the tenth failure a gap.",
    "An unpublish or delete carries nothing but _id: repeated ones share an id, and one may arrive after a later publish. Fetch the record to be sure; gone means that it is not published.",
    "A delete with an id of nothing but zeros is a known defect of Heartcore. It is delivered without an ordering key, and Fetch Record finds no record behind it.",
    "Writes through the Management API cause events like any others. A flow that writes back ignores its own by _writerName, the name of the user who owns the API key.",
    "That the event is in header Umb-Headless-Event is known from public issues, not from the documentation. The names of media events are assumed.",
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
