import { echo } from "../challenges/echo";
import { bodyEvents } from "../events/body-events";
import { readPath } from "../http/json-path";
import { emptyReply } from "../http/reply";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

/** Interactions send their JSON in one form field. */
const unwrapForm = (data: unknown): unknown => {
  const payload = readPath(data, "payload");
  return typeof payload === "string" ? JSON.parse(payload) : data;
};

export const slack = defineProvider({
  id: "slack",
  name: "Slack",
  docs: "https://docs.slack.dev/authentication/verifying-requests-from-slack",
  evidence: "sdk",
  secret: "The app's signing secret, from its Basic Information > App Credentials",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-slack-signature", grammar: prefixed("v0=") },
    timestamp: { header: "x-slack-request-timestamp", unit: "seconds" },
    content: ({ timestamp, body }) => ["v0:", timestamp, ":", body],
  }),
  challenge: echo({
    signed: true,
    nonce: { json: "challenge" },
    when: { all: [{ json: "type", equals: "url_verification" }] },
    inField: "challenge",
  }),
  events: bodyEvents({
    unwrap: unwrapForm,
    id: { first: ["event_id", "trigger_id"] },
    type: { first: ["event.type", "type", "command"] },
    orderingKey: {
      joined: [
        { first: ["team_id", "team.id"] },
        { first: ["event.channel", "event.item.channel", "channel.id", "channel_id"] },
      ],
      separator: ":",
    },
  }),
  acknowledgement: emptyReply(),
  notes: [
    "The answer is empty, because Slack shows the answer to a slash command or an interaction to the user.",
    "Slack waits 3 seconds and then delivers again, up to three times.",
  ],
  samples: {
    app_mention: {
      body: {
        type: "event_callback",
        team_id: "T123ABC456",
        event_id: "Ev123ABC456",
        event: { type: "app_mention", channel: "C123ABC456", text: "<@U0LAN0Z89> is it Zoë?" },
      },
    },
    "/weather": {
      contentType: "application/x-www-form-urlencoded",
      body: "team_id=T123ABC456&channel_id=C123ABC456&command=%2Fweather&text=94070&trigger_id=13345224609.738474920.8088930838",
    },
    block_actions: {
      contentType: "application/x-www-form-urlencoded",
      body: `payload=${encodeURIComponent('{"type":"block_actions","team":{"id":"T123ABC456"},"channel":{"id":"C123ABC456"},"trigger_id":"12321423423.333649436676"}')}`,
    },
  },
  challengeSample: {
    body: {
      type: "url_verification",
      challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
    },
  },
});
