import { echo } from "../challenges/echo";
import { bodyEvents } from "../events/body-events";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

const beside = ["sender", "recipient", "timestamp"];

export const meta = defineProvider({
  id: "meta",
  name: "Meta",
  docs: "https://developers.facebook.com/docs/graph-api/webhooks/getting-started",
  evidence: "sdk",
  secret:
    "The app secret, from the app's Settings > Basic; the verify token that you chose goes into Verify Token",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-hub-signature-256", grammar: prefixed("sha256=") },
    content: ({ body }) => [body],
  }),
  challenge: echo({
    nonce: { query: "hub.challenge" },
    when: { all: [{ query: "hub.mode", equals: "subscribe" }] },
    verifyToken: { query: "hub.verify_token" },
  }),
  events: bodyEvents({
    each: "entry.*",
    id: {
      first: [
        "messaging.0.message.mid",
        "changes.0.value.messages.0.id",
        {
          joined: ["changes.0.value.statuses.0.id", "changes.0.value.statuses.0.status"],
          separator: ":",
        },
      ],
    },
    type: {
      joined: [
        { top: "object" },
        { first: ["changes.0.field", { memberOf: "messaging.0", beside }] },
      ],
    },
    orderingKey: {
      first: ["messaging.0.sender.id", "changes.0.value.messages.0.from", "id"],
    },
  }),
  notes: [
    "Serves Facebook Pages, Messenger, Instagram and WhatsApp. One delivery holds up to 1000 entries, and each becomes an event.",
    "Only messages carry an id. Other changes get a hash of the delivery, because two changes of one page in one second look alike by page and time.",
  ],
  samples: {
    "page.message": {
      body: {
        object: "page",
        entry: [
          {
            id: "682498171943165",
            time: 1502905976963,
            messaging: [
              {
                sender: { id: "1254459154682919" },
                recipient: { id: "682498171943165" },
                timestamp: 1502905976377,
                message: { mid: "mid.$cAAJdkrCd2ORnva8ErFhjGm0X_Q_c", text: "Grüße aus Zürich" },
              },
            ],
          },
        ],
      },
    },
    "page.feed": {
      body: {
        object: "page",
        entry: [
          {
            id: "682498171943165",
            time: 1520383571,
            changes: [
              {
                field: "feed",
                value: { item: "status", post_id: "44444444_444444444", verb: "add" },
              },
            ],
          },
        ],
      },
    },
  },
});
