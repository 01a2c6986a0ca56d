import { bodyEvents } from "../events/body-events";
import { choice } from "../signatures/choice";
import { hmac } from "../signatures/mac";
import type { SignedContent } from "../signatures/signed-content";
import { defineProvider } from "./provider";

const signature = { header: "x-twilio-signature" } as const;

const withDefaultPort = (url: string): string =>
  url.replace(/^(https?):\/\/([^/?#:]+)(?=[/?#]|$)/i, (_, protocol: string, host: string) => {
    const port = protocol.toLowerCase() === "https" ? 443 : 80;
    return `${protocol}://${host}:${port}`;
  });

const withoutPort = (url: string): string => url.replace(/^(https?:\/\/[^/?#:]+):\d+/i, "$1");

/** Twilio names a port in what it signs, or leaves it out, whatever the URL it was given. */
const formContents: readonly SignedContent[] = [
  ({ url, sortedForm }) => [url, sortedForm],
  ({ urlAs, sortedForm }) => [urlAs("with the default port", withDefaultPort), sortedForm],
  ({ urlAs, sortedForm }) => [urlAs("without a port", withoutPort), sortedForm],
];

/** The signed URL names the body's digest: put the true one in its place. */
const jsonContent: SignedContent = ({ urlAs, bodyDigest }) => [
  urlAs("its bodySHA256 being that of the body", (url) =>
    url.replace(/([?&]bodySHA256=)[^&#]*/, `$1${bodyDigest("sha256", "hex")}`),
  ),
];

export const twilio = defineProvider({
  id: "twilio",
  name: "Twilio",
  docs: "https://www.twilio.com/docs/usage/webhooks/webhooks-security",
  evidence: "sdk",
  secret: "The account's auth token, from the Twilio console",
  signature: choice({
    schemes: {
      form: hmac({ hash: "sha1", encoding: "base64", signature, content: formContents }),
      json: hmac({ hash: "sha1", encoding: "base64", signature, content: jsonContent }),
    },
    choose: ({ request }) => (request.query.has("bodySHA256") ? "json" : "form"),
  }),
  events: bodyEvents({
    id: { header: "i-twilio-idempotency-token" },
    type: {
      first: [
        "EventType",
        "MessageStatus",
        "SmsStatus",
        "CallStatus",
        "StatusCallbackEvent",
        "type",
      ],
    },
    orderingKey: { first: ["MessageSid", "CallSid", "ConversationSid", "RoomSid", "id"] },
  }),
  acknowledgement: { status: 200, contentType: "text/xml", body: "<Response/>" },
  notes: [
    "Twilio signs the URL it was given, so Endpoint URL must be exactly that one, query included.",
    "A form is signed by its fields, not its bytes: field order and escaping may differ from what was sent.",
    "The answer is empty TwiML. To a voice call it means: hang up.",
  ],
  samples: {
    received: {
      headers: { "i-twilio-idempotency-token": "6dea1b5e-4b4b-4b3e-8a8e-7a6f4b8e0f11" },
      contentType: "application/x-www-form-urlencoded",
      body: "MessageSid=SM1234567890abcdef1234567890abcdef&SmsStatus=received&From=%2B14158675310&To=%2B18005551212&Body=Zo%C3%AB+%E2%9C%93",
    },
  },
});
