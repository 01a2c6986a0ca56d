import { bodyEvents } from "../events/body-events";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const bitbucket = defineProvider({
  id: "bitbucket",
  name: "Bitbucket Cloud",
  docs: "https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/",
  evidence: "docs",
  secret: "The secret of the webhook, as set in the repository's or workspace's webhook settings",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-hub-signature", grammar: prefixed("sha256=") },
    content: ({ body }) => [body],
  }),
  events: bodyEvents({
    id: { header: "x-request-uuid" },
    type: { header: "x-event-key" },
    orderingKey: {
      joined: [
        "repository.uuid",
        { first: ["pullrequest.id", "issue.id", "push.changes.0.new.name"] },
      ],
      separator: ":",
    },
  }),
  notes: [
    "The secret is optional at Bitbucket; without one its deliveries are unsigned and are rejected here.",
  ],
  samples: {
    "repo:push": {
      headers: {
        "x-event-key": "repo:push",
        "x-request-uuid": "fe9fbd31-2dd1-4f4d-8f5b-3a2fbe6a0b7e",
        "x-attempt-number": "1",
      },
      body: {
        repository: { uuid: "{2f1c8a2e-3a57-4f0f-8b23-0d4b6c5f9a11}", full_name: "acme/shop" },
        push: { changes: [{ new: { type: "branch", name: "main" } }] },
      },
    },
    "pullrequest:created": {
      headers: {
        "x-event-key": "pullrequest:created",
        "x-request-uuid": "0c7ae4d4-6a2f-47bb-9f64-1d8c3a3d9f10",
        "x-attempt-number": "1",
      },
      body: {
        repository: { uuid: "{2f1c8a2e-3a57-4f0f-8b23-0d4b6c5f9a11}", full_name: "acme/shop" },
        pullrequest: { id: 7, title: "Zoë's change", state: "OPEN" },
      },
    },
  },
});
