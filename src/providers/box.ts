import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Box signs some bodies as PHP would have written them. */
const escapeNonAscii = (body: Buffer): string =>
  body.toString("utf8").replace(/[\u007f-\uffff]/g, escapeCharacter);

export const box = defineProvider({
  id: "box",
  name: "Box",
  docs: "https://developer.box.com/guides/webhooks/v2/signatures-v2/",
  evidence: "sdk",
  secret:
    "The app's primary signature key, from the Developer Console > the app > Webhooks > Manage signature keys; the secondary one as previous secret",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    signature: [{ header: "box-signature-primary" }, { header: "box-signature-secondary" }],
    timestamp: { header: "box-delivery-timestamp", unit: "iso8601", toleranceSeconds: 600 },
    content: [
      ({ body, timestamp }) => [body, timestamp],
      ({ bodyAs, timestamp }) => [bodyAs("non-ASCII as \\uXXXX", escapeNonAscii), timestamp],
    ],
  }),
  events: bodyEvents({ id: "id", type: "trigger", orderingKey: "source.id" }),
  notes: ["The event id is the one in the body: box-delivery-id changes with every retry."],
  samples: {
    "FILE.UPLOADED": {
      headers: {
        "box-delivery-id": "f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f",
        "box-signature-algorithm": "HmacSHA256",
        "box-signature-version": "1",
      },
      body: {
        type: "webhook_event",
        id: "eb0c4e06-751f-442c-86f8-fd5bb404dbec",
        created_at: "2026-03-01T10:00:00-08:00",
        trigger: "FILE.UPLOADED",
        webhook: { id: "53", type: "webhook" },
        source: { id: "73835521473", type: "file", name: "Übersicht.docx" },
      },
    },
  },
});
