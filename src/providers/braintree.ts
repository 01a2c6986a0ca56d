import { macEcho } from "../challenges/mac-echo";
import { bodyEvents } from "../events/body-events";
import { parseXml } from "../events/xml-tree";
import { readPath } from "../http/json-path";
import { textReply } from "../http/reply";
import { pipePairs } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { sha1Key } from "../signatures/secret-keys";
import { defineProvider } from "./provider";

/** Challenges and payloads are signed with the same key: what can be the one is never taken for the other. */
const challengePattern = /^[a-f0-9]{20,40}$/;

const readPayload = (data: unknown): unknown =>
  parseXml(Buffer.from(String(readPath(data, "bt_payload")), "base64").toString("utf8"));

const samplePayload = Buffer.from(
  `<?xml version="1.0" encoding="UTF-8"?>
<notification>
  <timestamp type="datetime">2026-03-01T10:00:00Z</timestamp>
  <kind>subscription_charged_successfully</kind>
  <source-merchant-id nil="true"/>
  <subject>
    <subscription>
      <id>ck8mqw</id>
      <status>Active</status>
      <transactions type="array"><transaction><id>3kz8w5tf</id><amount>49.99</amount></transaction></transactions>
    </subscription>
  </subject>
</notification>
`,
).toString("base64");

export const braintree = defineProvider({
  id: "braintree",
  name: "Braintree",
  docs: "https://developer.paypal.com/braintree/docs/guides/webhooks/overview",
  evidence: "sdk",
  secret: "The API private key of the merchant account, from Settings > API > API Keys",
  signature: hmac({
    hash: "sha1",
    encoding: "hex",
    key: sha1Key,
    signature: { form: "bt_signature", grammar: pipePairs("integration_public_key") },
    content: ({ form }) => {
      const payload = form("bt_payload");
      return [payload && challengePattern.test(payload) ? undefined : payload];
    },
  }),
  options: {
    publicKey: "The API public key that belongs to the private key: the answer to the URL check",
  },
  sampleOptions: { publicKey: "integration_public_key" },
  challenge: macEcho({
    signed: false,
    when: { all: [{ query: "bt_challenge" }] },
    nonce: { query: "bt_challenge" },
    pattern: challengePattern,
    needs: "publicKey",
    reply: (_nonce, mac, { options }) => textReply(`${options.publicKey}|${mac}`),
    answerShape: "the public key and the MAC",
  }),
  events: bodyEvents({
    unwrap: readPayload,
    type: "notification.kind",
    orderingKey: {
      first: [
        "notification.subject.subscription.id",
        "notification.subject.transaction.id",
        "notification.subject.dispute.id",
        "notification.subject.merchant-account.id",
      ],
    },
  }),
  notes: [
    "The payload is XML in base64 in the form field bt_payload; its tree becomes the event's data.",
    "Notifications carry no id and get a hash of the body.",
  ],
  samples: {
    subscription_charged_successfully: {
      contentType: "application/x-www-form-urlencoded",
      body: new URLSearchParams({ bt_payload: `${samplePayload}\n` }).toString(),
    },
  },
});
