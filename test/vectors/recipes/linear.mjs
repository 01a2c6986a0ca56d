import { createHmac } from "node:crypto";
import { LinearWebhookClient } from "@linear/sdk/webhooks";
import { endpoint, now } from "../bodies.mjs";

const secret = "lin_wh_9UbHpTUZxZmWvYQ7wqJ1kzq0nP2uS5dR";
const sentAt = Date.parse(now);

const toDelivery = (name, body) => ({
  name,
  source: "accepted by",
  secret,
  now,
  request: {
    url: endpoint,
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Linear-Delivery": "234d1a4e-b617-4388-90fe-adc3633d6b72",
      "Linear-Event": "Issue",
      "Linear-Signature": createHmac("sha256", secret).update(body).digest("hex"),
      "Linear-Timestamp": String(sentAt),
      "User-Agent": "Linear-Webhook",
    },
    body,
  },
});

const issue = (title) =>
  JSON.stringify({
    action: "update",
    type: "Issue",
    createdAt: "2026-03-14T15:09:25.500Z",
    data: { id: "2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9", title },
    organizationId: "fd0bf9b3-9ea1-4ba3-9d66-1a4f9b8b2c11",
    webhookTimestamp: sentAt,
    webhookId: "33f9ef8c-8b6a-4ba6-8b64-6ab64d0a5d4d",
  });

export const recipe = {
  provider: "linear",
  sdk: "@linear/sdk",
  toleranceSeconds: 60,
  refusals: ["body", "secret", "late", "early"],
  accepts: ({ secret: key, headers, body }) =>
    new LinearWebhookClient(key).verify(body, headers["linear-signature"]),
  deliveries: () => [
    toDelivery("JSON body", issue("Crash on start")),
    toDelivery("non-ASCII body", issue("Zoë — 東京 🚀")),
    toDelivery(
      "body with CRLF and spaces",
      JSON.stringify(JSON.parse(issue("Crash on start")), null, 2).replaceAll("\n", "\r\n"),
    ),
  ],
};
