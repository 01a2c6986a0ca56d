import { bodyEvents } from "../events/body-events";
import { readPath } from "../http/json-path";
import { detachedJws } from "../signatures/detached-jws";
import type { Evidence } from "../signatures/scheme";
import { defineProvider } from "./provider";

const TOKEN_HEADER = "tl-signature";
const keySets = {
  live: "https://webhooks.truelayer.com/.well-known/jwks",
  sandbox: "https://webhooks.truelayer-sandbox.com/.well-known/jwks",
};

/** Never by what the token says: anyone can have the sandbox sign a made-up payment to anyone's endpoint. */
const chooseKeySet = ({ options }: Evidence): string =>
  options.environment === "sandbox" ? keySets.sandbox : keySets.live;

/** A member of the token's protected header, which the signature covers. */
const readTokenHeader = (token: string | undefined, name: string): string | undefined => {
  try {
    const [header = ""] = token?.split(".") ?? [];
    const value = readPath(JSON.parse(Buffer.from(header, "base64url").toString("utf8")), name);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
};

export const truelayer = defineProvider({
  id: "truelayer",
  name: "TrueLayer",
  docs: "https://docs.truelayer.com/docs/configure-webhooks-for-your-integration",
  evidence: "sdk",
  secret:
    "Nothing: the keys are fetched from TrueLayer. To do without that, its key set as JSON or a public key as PEM",
  signature: detachedJws({
    token: { header: TOKEN_HEADER },
    algorithms: ["ES512"],
    content: ({ method, path, header, body }) => {
      const names = readTokenHeader(header(TOKEN_HEADER), "tl_headers") ?? "X-Tl-Webhook-Timestamp";
      const lines = names
        .split(",")
        .filter(Boolean)
        .flatMap((name) => [`${name}: `, header(name.toLowerCase()), "\n"]);
      return [method, " ", path, "\n", ...lines, body];
    },
    source: {
      url: ({ headers }) => readTokenHeader(headers.get(TOKEN_HEADER), "jku"),
      isPinned: ({ href }, evidence) => href === chooseKeySet(evidence),
      host: "webhooks.truelayer.com",
    },
  }),
  options: {
    environment: "sandbox, for an endpoint of TrueLayer's sandbox; live without it",
  },
  events: bodyEvents({
    id: "event_id",
    type: { first: ["type", "event_type"] },
    orderingKey: {
      first: ["payment_id", "payout_id", "mandate_id", "transaction_id", "refund_id"],
    },
  }),
  notes: [
    "The keys are TrueLayer's and the same for all of its clients: compare the payment with one of your own before you act on it.",
    "Signs the path of the webhook's URI as it was registered, and the headers that its signature names.",
    "The signed time is not held against the clock: TrueLayer retries for up to 72 hours.",
  ],
  samples: {
    payment_executed: {
      headers: { "x-tl-webhook-timestamp": "2026-03-01T10:00:00Z" },
      body: {
        type: "payment_executed",
        event_version: 1,
        event_id: "18b2842b-a57b-4887-a0a6-d3c7c36f1020",
        payment_id: "80b4d8d0-9d1c-4f4e-8b4c-2f7e3a6b5c1d",
        executed_at: "2026-03-01T09:59:58.123Z",
      },
    },
  },
});
