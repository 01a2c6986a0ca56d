import crypto from "node:crypto";
import { readFileSync } from "node:fs";
import sendgrid from "@sendgrid/eventwebhook";
import { endpoint, nonAscii, now, plain, spaced } from "../bodies.mjs";
import { unixSeconds } from "../clock.mjs";

const readKey = (name) => readFileSync(new URL(`../keys/${name}`, import.meta.url), "utf8");
const toText = (key) => key.export({ type: "spki", format: "der" }).toString("base64");

const privateKey = crypto.createPrivateKey(readKey("sendgrid.pem"));
const secret = toText(crypto.createPublicKey(privateKey));

const toHeaders = (timestamp, signature) => ({
  "Content-Type": "application/json;charset=utf-8",
  "User-Agent": "SendGrid Event API",
  "X-Twilio-Email-Event-Webhook-Signature": signature,
  "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
});

const toDelivery = (name, body) => {
  const timestamp = unixSeconds(now);
  const signature = crypto.sign("sha256", Buffer.from(timestamp + body), privateKey);
  return {
    name,
    source: "accepted by",
    secret,
    now,
    request: { url: endpoint, headers: toHeaders(timestamp, signature.toString("base64")), body },
  };
};

const dropped =
  '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n';

export const recipe = {
  provider: "sendgrid",
  sdk: "@sendgrid/eventwebhook",
  hasRandomSignatures: true,
  otherSecret: toText(crypto.createPublicKey(readKey("sendgrid-other.pub.pem"))),
  accepts: ({ secret: key, headers, body }) => {
    const events = new sendgrid.EventWebhook();
    return events.verifySignature(
      events.convertPublicKeyToECDSA(key),
      body,
      headers["x-twilio-email-event-webhook-signature"],
      headers["x-twilio-email-event-webhook-timestamp"],
    );
  },
  deliveries: () => [
    {
      name: "delivery that SendGrid signed, its body ending in CRLF",
      source:
        "published at https://github.com/sendgrid/sendgrid-nodejs/blob/main/packages/eventwebhook/src/eventwebhook.spec.js",
      secret:
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
      now: "2020-09-14T19:41:42.000Z",
      request: {
        url: endpoint,
        headers: toHeaders(
          "1600112502",
          "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
        ),
        body: dropped,
      },
    },
    toDelivery("JSON body", `[${plain}]\r\n`),
    toDelivery("non-ASCII body", `[${nonAscii}]\r\n`),
    toDelivery("body with CRLF and spaces", `[${spaced}]\r\n`),
    toDelivery("empty body", ""),
  ],
};
