import { createHmac, timingSafeEqual } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { accepts, tampered, toEvidence } from "./delivery.js";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const key = Buffer.from(secret.slice(6), "base64");
const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const TOLERANCE_SECONDS = 300;

const mac = (time, body) =>
  createHmac("sha256", key).update(`${id}.${time}.`).update(body).digest();

/** The least that Standard Webhooks ask for, the key decoded beforehand as the peers do. */
const bare = (body, headers) => {
  const time = headers["webhook-timestamp"];
  const given = Buffer.from(headers["webhook-signature"].slice(3), "base64");
  return (
    Math.abs(Date.now() / 1000 - Number(time)) <= TOLERANCE_SECONDS &&
    timingSafeEqual(given, mac(time, body))
  );
};

/** Standard Webhooks: base64 HMAC-SHA256 of id, time and body. The peers are told not to parse the JSON. */
export const toContenders = ({ standardWebhooks, verifySignature }, body, isGenuine) => {
  const time = String(Math.floor(Date.now() / 1000));
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": time,
    "webhook-signature": `v1,${mac(time, isGenuine ? body : tampered(body)).toString("base64")}`,
  };
  const scheme = standardWebhooks();
  const evidence = toEvidence(headers, body, secret);
  const text = body.toString();
  const peers = { standardwebhooks: new Webhook(secret), svix: new SvixWebhook(secret) };
  return [
    { name: "node:crypto", call: () => bare(body, headers) },
    { name: "Hookline", call: () => verifySignature(scheme, evidence()).kind === "verified" },
    ...Object.entries(peers).map(([name, webhook]) => ({
      name,
      call: () => accepts(() => webhook.verify(text, headers, { jsonParse: false })),
    })),
  ];
};
