import { createHmac } from "node:crypto";
import type { Reply } from "../../src/http/reply";
import type { Sample } from "../../src/providers/provider";
import type { RejectionReason } from "../../src/signatures/verdict";
import { TEXT_SECRET } from "../support/genuine";

/** A request by which a provider tests the endpoint, and what must happen to it. */
export interface ChallengeCase {
  readonly provider: string;
  readonly name: string;
  readonly request: Sample;
  /** Whether the provider signs it; it is then signed before it is sent. */
  readonly signed: boolean;
  /** Nothing set by default: the first challenge comes before anybody could. */
  readonly secrets?: readonly string[];
  readonly verifyToken?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** Exactly what goes back; or why it is refused, and with which status. */
  readonly reply?: Reply;
  readonly refused?: { readonly reason: RejectionReason; readonly status?: number };
}

const empty: Reply = { status: 200, contentType: "text/plain", body: "" };
const plainText = (body: string): Reply => ({
  status: 200,
  contentType: "text/plain",
  headers: { "X-Content-Type-Options": "nosniff" },
  body,
});
const json = (body: unknown): Reply => ({
  status: 200,
  contentType: "application/json",
  body: JSON.stringify(body),
});

const hookSecret = "b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81";
const handshake: Reply = {
  status: 200,
  contentType: "text/plain",
  headers: { "x-hook-secret": hookSecret },
  body: "",
};

const subscribe = (token: string) => ({
  "hub.mode": "subscribe",
  "hub.challenge": "1158201444",
  "hub.verify_token": token,
});

const snsConfirmation = (url: string): Sample => ({
  contentType: "text/plain; charset=UTF-8",
  headers: { "x-amz-sns-message-type": "SubscriptionConfirmation" },
  body: {
    Type: "SubscriptionConfirmation",
    MessageId: "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
    Token: "2336412f37",
    TopicArn: "arn:aws:sns:us-east-1:123456789012:MyTopic",
    Message: "You have chosen to subscribe to the topic.",
    SubscribeURL: url,
    Timestamp: "2026-03-01T10:00:00.000Z",
    SignatureVersion: "2",
    SigningCertURL:
      "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem",
  },
});

export const challengeCases: readonly ChallengeCase[] = [
  {
    provider: "github",
    name: "ping",
    request: { headers: { "x-github-event": "ping" }, body: { zen: "Design for failure." } },
    signed: true,
    reply: empty,
  },
  {
    provider: "prismatic",
    name: "test of the webhook",
    request: {
      headers: { "x-webhook-event": "webhook.test" },
      body: { event_type: "webhook.test" },
    },
    signed: true,
    reply: empty,
  },
  {
    provider: "slack",
    name: "URL verification",
    request: { body: { token: "x", challenge: "3eZbrw1aBm2rZgRNFdx", type: "url_verification" } },
    signed: true,
    reply: { ...json({ challenge: "3eZbrw1aBm2rZgRNFdx" }) },
  },
  {
    provider: "intercom",
    name: "HEAD on saving the endpoint",
    request: { method: "HEAD" },
    signed: false,
    reply: empty,
  },
  {
    provider: "intercom",
    name: "HEAD once a secret is set",
    request: { method: "HEAD" },
    signed: false,
    secrets: [TEXT_SECRET],
    reply: empty,
  },
  {
    provider: "intercom",
    name: "ping",
    request: {
      body: {
        type: "notification_event",
        topic: "ping",
        data: { item: { type: "ping", message: "something something interzen" } },
      },
    },
    signed: true,
    reply: empty,
  },
  {
    provider: "intercom",
    name: "ping that nobody signed",
    request: { body: { type: "notification_event", topic: "ping" } },
    signed: false,
    secrets: [TEXT_SECRET],
    refused: { reason: "signature-missing" },
  },
  {
    provider: "asana",
    name: "handshake while no secret is set",
    request: { method: "POST", headers: { "X-Hook-Secret": hookSecret } },
    signed: false,
    reply: handshake,
  },
  {
    provider: "asana",
    name: "handshake for the secret that is set",
    request: { method: "POST", headers: { "X-Hook-Secret": hookSecret } },
    signed: false,
    secrets: [hookSecret],
    reply: handshake,
  },
  {
    provider: "asana",
    name: "a stranger's handshake",
    request: { method: "POST", headers: { "X-Hook-Secret": hookSecret } },
    signed: false,
    secrets: [TEXT_SECRET],
    refused: { reason: "claim-mismatch", status: 403 },
  },
  {
    provider: "asana",
    name: "heartbeat",
    request: { body: { events: [] } },
    signed: true,
    reply: empty,
  },
  {
    provider: "asana",
    name: "heartbeat that nobody signed",
    request: { body: { events: [] } },
    signed: false,
    secrets: [TEXT_SECRET],
    refused: { reason: "signature-missing" },
  },
  {
    provider: "monday",
    name: "challenge of a new webhook",
    request: { body: { challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" } },
    signed: false,
    reply: json({ challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" }),
  },
  {
    provider: "monday",
    name: "delivery that holds a challenge as well",
    request: { body: { challenge: "x", event: { type: "create_pulse" } } },
    signed: false,
    secrets: [TEXT_SECRET],
    refused: { reason: "signature-missing" },
  },
  {
    provider: "trello",
    name: "HEAD on creation",
    request: { method: "HEAD" },
    signed: false,
    reply: empty,
  },
  {
    provider: "dropbox",
    name: "verification request",
    request: { method: "GET", query: { challenge: "<script>alert(1)</script>" } },
    signed: false,
    reply: plainText("<script>alert(1)</script>"),
  },
  {
    provider: "meta",
    name: "verification request",
    request: { method: "GET", query: subscribe("meatyhamhock") },
    signed: false,
    verifyToken: "meatyhamhock",
    reply: plainText("1158201444"),
  },
  {
    provider: "meta",
    name: "verification request with another token",
    request: { method: "GET", query: subscribe("other") },
    signed: false,
    verifyToken: "meatyhamhock",
    refused: { reason: "claim-mismatch", status: 403 },
  },
  {
    provider: "meta",
    name: "verification request while no token is set",
    request: { method: "GET", query: subscribe("") },
    signed: false,
    refused: { reason: "secret-missing", status: 403 },
  },
  {
    provider: "microsoft-graph",
    name: "validation request",
    request: { method: "POST", query: { validationToken: "Validation: Testing <b>&a=1" } },
    signed: false,
    reply: plainText("Validation: Testing <b>&a=1"),
  },
  {
    provider: "microsoft-graph",
    name: "validation request of 3,000 characters",
    request: { method: "POST", query: { validationToken: "a".repeat(3000) } },
    signed: false,
    refused: { reason: "signature-malformed", status: 403 },
  },
  {
    provider: "braintree",
    name: "URL check",
    request: { method: "GET", query: { bt_challenge: "20f9f8ed05f77439fe955c977e4c8a53" } },
    signed: false,
    secrets: ["integration_private_key"],
    options: { publicKey: "integration_public_key" },
    reply: {
      status: 200,
      contentType: "text/plain",
      body: "integration_public_key|d9b899556c966b3f06945ec21311865d35df3ce4",
    },
  },
  {
    provider: "braintree",
    name: "payload sent as a URL check, to have it signed",
    request: { method: "GET", query: { bt_challenge: "PG5vdGlmaWNhdGlvbi8+" } },
    signed: false,
    secrets: ["integration_private_key"],
    options: { publicKey: "integration_public_key" },
    refused: { reason: "signature-malformed", status: 403 },
  },
  {
    provider: "braintree",
    name: "URL check while no secret is set",
    request: { method: "GET", query: { bt_challenge: "20f9f8ed05f77439fe955c977e4c8a53" } },
    signed: false,
    options: { publicKey: "integration_public_key" },
    refused: { reason: "secret-missing", status: 403 },
  },
  {
    provider: "zoom",
    name: "URL validation",
    request: {
      body: {
        event: "endpoint.url_validation",
        payload: { plainToken: "qgg8vlvZRS6UYooatFL8Aw" },
      },
    },
    signed: true,
    secrets: [TEXT_SECRET],
    reply: json({
      plainToken: "qgg8vlvZRS6UYooatFL8Aw",
      encryptedToken: createHmac("sha256", TEXT_SECRET)
        .update("qgg8vlvZRS6UYooatFL8Aw")
        .digest("hex"),
    }),
  },
  {
    provider: "zoom",
    name: "delivery sent as a URL validation, to have it signed",
    request: {
      body: {
        event: "endpoint.url_validation",
        payload: { plainToken: 'v0:1700000000:{"event":"meeting.started"}' },
      },
    },
    signed: true,
    refused: { reason: "signature-malformed", status: 403 },
  },
  {
    provider: "discord",
    name: "ping of the interactions endpoint",
    request: { body: { type: 1, id: "1", application_id: "2" } },
    signed: true,
    reply: json({ type: 1 }),
  },
  {
    provider: "discord",
    name: "ping of the webhook events endpoint",
    request: { body: { version: 1, application_id: "2", type: 0 } },
    signed: true,
    reply: { status: 204, contentType: "application/json", body: "" },
  },
  {
    provider: "aws-sns",
    name: "subscription confirmation",
    request: snsConfirmation(
      "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37",
    ),
    signed: true,
    reply: empty,
  },
  {
    provider: "aws-sns",
    name: "subscription confirmation that points elsewhere",
    request: snsConfirmation(
      "https://sns.us-east-1.amazonaws.com.evil.example/?Action=ConfirmSubscription",
    ),
    signed: true,
    refused: { reason: "claim-mismatch", status: 403 },
  },
  {
    provider: "woocommerce",
    name: "ping on activation",
    request: { contentType: "application/x-www-form-urlencoded", body: "webhook_id=7" },
    signed: false,
    reply: empty,
  },
  {
    provider: "woocommerce",
    name: "delivery dressed up as a ping",
    request: { contentType: "application/x-www-form-urlencoded", body: "webhook_id=7&id=727" },
    signed: false,
    secrets: [TEXT_SECRET],
    refused: { reason: "signature-missing" },
  },
  {
    provider: "xero",
    name: "intent to receive",
    request: {
      body: { events: [], lastEventSequence: 0, firstEventSequence: 0, entropy: "S0m3r4nd0m" },
    },
    signed: true,
    reply: empty,
  },
];
