import "@shopify/shopify-api/adapters/node";
import { createHmac } from "node:crypto";
import { ApiVersion, LogSeverity, shopifyApi } from "@shopify/shopify-api";
import { endpoint, nonAscii, now, plain, spaced } from "../bodies.mjs";

const secret = "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";

const toDelivery = (name, body, headers) => ({
  name,
  source: "accepted by",
  secret,
  now,
  request: {
    url: endpoint,
    headers: {
      "Content-Type": "application/json",
      ...headers(createHmac("sha256", secret).update(body).digest("base64")),
    },
    body,
  },
});

const webhook = (signature) => ({
  "X-Shopify-Topic": "orders/create",
  "X-Shopify-Hmac-Sha256": signature,
  "X-Shopify-Shop-Domain": "example.myshopify.com",
  "X-Shopify-API-Version": "2026-01",
  "X-Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  "X-Shopify-Event-Id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
  "X-Shopify-Triggered-At": "2026-03-14T15:09:25.112Z",
});

const event = (signature) => ({
  "shopify-topic": "Product",
  "shopify-action": "update",
  "shopify-handle": "product-updates",
  "shopify-hmac-sha256": signature,
  "shopify-shop-domain": "example.myshopify.com",
  "shopify-api-version": "unstable",
  "shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
  "shopify-event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
  "shopify-triggered-at": "2026-03-14T15:09:25.112Z",
});

const accepts = async ({ secret: apiSecretKey, method, url, headers, body }) => {
  const { webhooks } = shopifyApi({
    apiKey: "key",
    apiSecretKey,
    apiVersion: ApiVersion.January26,
    hostName: "hooks.example.com",
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: () => undefined },
  });
  const rawRequest = { method, url, headers };
  return (await webhooks.validate({ rawBody: body.toString(), rawRequest })).valid;
};

export const recipe = {
  provider: "shopify",
  sdk: "@shopify/shopify-api",
  accepts,
  deliveries: () => [
    toDelivery("JSON body", plain, webhook),
    toDelivery("non-ASCII body", nonAscii, webhook),
    toDelivery("body with CRLF and spaces", spaced, webhook),
    toDelivery("an event, whose headers have no x-", plain, event),
  ],
};
