import { bodyEvents } from "../events/body-events";
import { crc32 } from "../http/crc32";
import { publicKey } from "../signatures/public-key";
import { pemKey } from "../signatures/public-keys";
import { defineProvider } from "./provider";

const hosts = ["api.paypal.com", "api.sandbox.paypal.com"];

export const paypal = defineProvider({
  id: "paypal",
  name: "PayPal",
  docs: "https://developer.paypal.com/api/rest/webhooks/rest/",
  evidence: "docs",
  secret:
    "Nothing: the certificate is fetched from PayPal. To do without that, PayPal's certificate as PEM",
  signature: publicKey({
    algorithm: "rsa",
    hash: "sha256",
    encoding: "base64",
    signature: { header: "paypal-transmission-sig" },
    content: ({ header, option, bodyAs }) => [
      header("paypal-transmission-id"),
      "|",
      header("paypal-transmission-time"),
      "|",
      option("webhookId"),
      "|",
      bodyAs("CRC-32 as decimal", (body) => String(crc32(body))),
    ],
    key: pemKey,
    source: {
      url: ({ headers }) => headers.get("paypal-cert-url"),
      isPinned: ({ hostname, pathname, search }) =>
        hosts.includes(hostname) && pathname.startsWith("/v1/notifications/certs/") && !search,
      host: hosts.join(" or "),
    },
  }),
  options: {
    webhookId: "The webhook's id, from the app's page under Apps & Credentials: it is signed too",
  },
  sampleOptions: { webhookId: "4JH86294D6297924G" },
  events: bodyEvents({ id: "id", type: "event_type", orderingKey: "resource.id" }),
  notes: [
    "The time of transmission is signed but not held against the clock: PayPal retries for three days and does not say that a retry is signed anew.",
    "Deliveries of the webhook simulator are signed with the webhook id WEBHOOK_ID.",
  ],
  samples: {
    "PAYMENT.SALE.COMPLETED": {
      headers: {
        "paypal-transmission-id": "dfb3be50-fd74-11e4-8bf3-77339302725b",
        "paypal-transmission-time": "2015-05-18T15:45:13Z",
        "paypal-cert-url":
          "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77",
        "paypal-auth-algo": "SHA256withRSA",
      },
      body: {
        id: "WH-0G2756385H040842W-5Y612302CV158622M",
        create_time: "2015-05-18T15:45:13Z",
        resource_type: "sale",
        event_type: "PAYMENT.SALE.COMPLETED",
        summary: "Payment completed for $ 20.0 USD",
        resource: {
          id: "4EU7004268015634R",
          amount: { total: "20.00", currency: "USD" },
          state: "completed",
        },
      },
    },
  },
});
