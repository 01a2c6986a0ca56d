import crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const certificateUrl =
  "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77";

const toDelivery = ({ sdk, source, transmissionId, transmissionTime, webhookId, ...rest }) => ({
  name: `delivery that PayPal signed, from its ${sdk} SDK`,
  source: `published at ${source}`,
  options: { webhookId },
  now: new Date(transmissionTime).toISOString(),
  keys: { [certificateUrl]: read("keys/paypal-sandbox.crt") },
  request: {
    url: "https://hooks.example.com/paypal",
    headers: {
      "Content-Type": "application/json",
      "PAYPAL-AUTH-ALGO": "SHA256withRSA",
      "PAYPAL-AUTH-VERSION": "v2",
      "PAYPAL-CERT-URL": certificateUrl,
      "PAYPAL-TRANSMISSION-ID": transmissionId,
      "PAYPAL-TRANSMISSION-SIG": rest.signature,
      "PAYPAL-TRANSMISSION-TIME": transmissionTime,
    },
    body: rest.body,
  },
});

/** The docs' own steps with PayPal's own certificate; its npm SDKs only ask PayPal's API. */
const accepts = ({ options, headers, keys, body }) => {
  const content = [
    headers["paypal-transmission-id"],
    headers["paypal-transmission-time"],
    options.webhookId,
    crc32(body),
  ].join("|");
  return crypto.verify(
    "sha256",
    Buffer.from(content),
    keys[headers["paypal-cert-url"]],
    Buffer.from(headers["paypal-transmission-sig"], "base64"),
  );
};

export const recipe = {
  provider: "paypal",
  sdk: null,
  otherKey: read("keys/aws-sns-other.crt"),
  refusals: ["body", "option", "key"],
  accepts,
  deliveries: () => JSON.parse(read("published/paypal.json")).map(toDelivery),
};
