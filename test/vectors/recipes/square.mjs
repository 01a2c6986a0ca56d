import { createHmac } from "node:crypto";
import { WebhooksHelper } from "square";
import { endpoint, nonAscii, now, plain, spaced } from "../bodies.mjs";

const secret = "asdf1234_signature-key";

const toDelivery = (name, body, url = endpoint) => ({
  name,
  source: "accepted by",
  secret,
  now,
  request: {
    url,
    headers: {
      "Content-Type": "application/json",
      "x-square-hmacsha256-signature": createHmac("sha256", secret)
        .update(url + body)
        .digest("base64"),
      "square-environment": "Sandbox",
    },
    body,
  },
});

export const recipe = {
  provider: "square",
  sdk: "square",
  refusals: ["body", "secret", "url"],
  accepts: ({ secret: signatureKey, url, headers, body }) =>
    WebhooksHelper.verifySignature({
      requestBody: body.toString(),
      signatureHeader: headers["x-square-hmacsha256-signature"],
      signatureKey,
      notificationUrl: url,
    }),
  deliveries: () => [
    toDelivery("JSON body", plain),
    toDelivery("non-ASCII body", nonAscii),
    toDelivery("body with CRLF and spaces", spaced),
    toDelivery("empty body", ""),
    toDelivery(
      "URL with an order, an escape and an empty value of its own",
      plain,
      "https://hooks.example.com/sq//a%2fb/?z=1&a=%20x&b=&z=2",
    ),
  ],
};
