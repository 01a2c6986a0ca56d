import crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { verifyKey, verifyKeyMiddleware, verifyWebhookEventMiddleware } from "discord-interactions";
import { endpoint, now } from "../bodies.mjs";
import { unixSeconds } from "../clock.mjs";
import { askListener } from "../serve.mjs";

const readKey = (name) => readFileSync(new URL(`../keys/${name}`, import.meta.url), "utf8");
const toHex = (key) => Buffer.from(key.export({ format: "jwk" }).x, "base64url").toString("hex");

const privateKey = crypto.createPrivateKey(readKey("discord.pem"));
const secret = toHex(crypto.createPublicKey(privateKey));

const toDelivery = (name, body) => {
  const timestamp = unixSeconds(now);
  const signature = crypto.sign(null, Buffer.from(timestamp + body), privateKey);
  return {
    name,
    source: "accepted by",
    secret,
    now,
    request: {
      url: endpoint,
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Discord-Interactions/1.0 (+https://discord.com)",
        "X-Signature-Ed25519": signature.toString("hex"),
        "X-Signature-Timestamp": timestamp,
      },
      body,
    },
  };
};

const toChallenge = (name, body) => ({
  ...toDelivery(name, body),
  kind: "challenge",
  source: "answered by",
});

/** Discord sends interactions and webhook events to different endpoints; the SDK has a middleware for each. */
const toListener = (key, body) => {
  const isEvent = "event" in JSON.parse(body) || JSON.parse(body).type === 0;
  const middleware = isEvent ? verifyWebhookEventMiddleware(key) : verifyKeyMiddleware(key);
  return (incoming, outgoing) => {
    incoming.header = (name) => incoming.headers[name.toLowerCase()];
    middleware(incoming, outgoing, () => outgoing.end());
  };
};

export const recipe = {
  provider: "discord",
  sdk: "discord-interactions",
  otherSecret: toHex(crypto.createPublicKey(readKey("discord-other.pub.pem"))),
  accepts: ({ secret: key, headers, body }) =>
    verifyKey(body, headers["x-signature-ed25519"], headers["x-signature-timestamp"], key),
  answers: (delivery) => askListener(toListener(delivery.secret, delivery.body), delivery),
  deliveries: () => [
    toDelivery(
      "slash command",
      '{"application_id":"845027738276462632","id":"1","token":"t","type":2,"version":1,"data":{"id":"2","name":"roll","type":1}}',
    ),
    toDelivery(
      "non-ASCII webhook event",
      '{"version":1,"application_id":"1234560123453231555","type":1,"event":{"type":"APPLICATION_AUTHORIZED","timestamp":"2026-03-14T15:09:25.982180","data":{"user":{"global_name":"Zoë 東京"}}}}',
    ),
    toChallenge(
      "ping of the interactions endpoint",
      '{"application_id":"845027738276462632","id":"1","token":"t","type":1,"version":1}',
    ),
    toChallenge(
      "ping of the webhook events endpoint",
      '{"version":1,"application_id":"1234560123453231555","type":0}',
    ),
  ],
};
