import { firstChallenge } from "../challenges/first-challenge";
import { probe } from "../challenges/probe";
import { bodyEvents } from "../events/body-events";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const intercom = defineProvider({
  id: "intercom",
  name: "Intercom",
  docs: "https://developers.intercom.com/docs/webhooks",
  evidence: "docs",
  secret: "The app's client secret, from the Developer Hub > Basic information",
  signature: hmac({
    hash: "sha1",
    encoding: "hex",
    signature: { header: "x-hub-signature", grammar: prefixed("sha1=") },
    content: ({ body }) => [body],
  }),
  challenge: firstChallenge(
    probe({ signed: false, when: { emptyBody: true } }),
    probe({ signed: true, when: { all: [{ json: "topic", equals: "ping" }] } }),
  ),
  events: bodyEvents({ id: "id", type: "topic", orderingKey: "data.item.id" }),
  notes: ["Saving the endpoint sends an empty, unsigned HEAD request, which is answered with 200."],
  samples: {
    "conversation.user.created": {
      body: {
        type: "notification_event",
        app_id: "a86dr8yl",
        id: "notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3",
        topic: "conversation.user.created",
        created_at: 1700000000,
        data: { type: "notification_event_data", item: { type: "conversation", id: "1039" } },
      },
    },
  },
});
