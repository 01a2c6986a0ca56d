import { macEcho } from "../challenges/mac-echo";
import { bodyEvents } from "../events/body-events";
import { jsonReply } from "../http/reply";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

/** Deliveries are signed over `v0:…:…` with the same key: a token without a colon is never one. */
const plainToken = /^[A-Za-z0-9_+/=-]{1,200}$/;

export const zoom = defineProvider({
  id: "zoom",
  name: "Zoom",
  docs: "https://developers.zoom.us/docs/api/webhooks/",
  evidence: "sdk",
  secret: "The app's Secret Token, from the app's Features > Access page in the App Marketplace",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-zm-signature", grammar: prefixed("v0=") },
    timestamp: { header: "x-zm-request-timestamp", unit: "seconds" },
    content: ({ timestamp, body }) => ["v0:", timestamp, ":", body],
  }),
  challenge: macEcho({
    signed: true,
    when: { all: [{ json: "event", equals: "endpoint.url_validation" }] },
    nonce: { json: "payload.plainToken" },
    pattern: plainToken,
    reply: (nonce, mac) => jsonReply({ plainToken: nonce, encryptedToken: mac }),
    answerShape: "JSON of plainToken and encryptedToken",
  }),
  events: bodyEvents({
    type: "event",
    orderingKey: { first: ["payload.object.uuid", "payload.object.id", "payload.account_id"] },
  }),
  notes: [
    "Repeats its URL validation every 72 hours and wants each answer within 3 seconds.",
    "The event id is a hash of the body: Zoom does not say whether x-zm-trackingid stays the same over retries, and does not sign it.",
  ],
  samples: {
    "meeting.started": {
      headers: { "x-zm-trackingid": "v=2.0;clid=us06;rid=WEB_a1b2c3" },
      body: {
        event: "meeting.started",
        payload: {
          account_id: "EPeQtiABC000VYxHMA",
          object: {
            duration: 60,
            start_time: "2021-11-02T20:43:19Z",
            timezone: "America/Denver",
            topic: "Weekly planning",
            id: "92674392836",
            type: 2,
            uuid: "czLF6FFFoQOKgAB99DlDb9g==",
            host_id: "8oS2AQNSDAxGABzMs9wE3g",
          },
        },
        event_ts: 1635885799302,
      },
    },
  },
});
