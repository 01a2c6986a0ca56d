import { bodyEvents } from "../events/body-events";
import { choice } from "../signatures/choice";
import { prefixed } from "../signatures/grammar";
import { jwt } from "../signatures/jwt";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const jira = defineProvider({
  id: "jira",
  name: "Jira Cloud",
  docs: "https://developer.atlassian.com/cloud/jira/platform/webhooks/",
  evidence: "docs",
  secret:
    "The secret set on the webhook (Jira settings > System > WebHooks), or the client secret of the OAuth 2.0 app that registered it",
  signature: choice({
    schemes: {
      hmac: hmac({
        hash: "sha256",
        encoding: "hex",
        signature: { header: "x-hub-signature", grammar: prefixed("sha256=") },
        content: ({ body }) => [body],
      }),
      jwt: jwt({
        token: { header: "authorization", grammar: prefixed("Bearer ") },
        algorithms: ["HS256"],
      }),
    },
    choose: ({ request: { headers } }) =>
      headers.has("authorization") && !headers.has("x-hub-signature") ? "jwt" : "hmac",
  }),
  events: bodyEvents({
    id: { header: "x-atlassian-webhook-identifier" },
    type: "webhookEvent",
    orderingKey: {
      first: ["issue.id", "worklog.issueId", "project.id", "version.id", "sprint.id", "board.id"],
    },
  }),
  notes: [
    "A webhook without a secret is not signed, and its deliveries are rejected.",
    "Webhooks of OAuth 2.0 apps carry a JWT that proves the sender but does not cover the body; Atlassian does not document its claims. They expire after 30 days.",
    "The event id comes from a header that stays the same over retries but is not signed.",
  ],
  samples: {
    "jira:issue_updated": {
      headers: { "x-atlassian-webhook-identifier": "1f4c8f5e-7d6a-4f0b-9b1c-3e2d5a6b7c8d" },
      body: {
        timestamp: 1700000000000,
        webhookEvent: "jira:issue_updated",
        issue_event_type_name: "issue_generic",
        issue: {
          id: "10002",
          key: "ED-1",
          fields: { summary: "Label printer jams on double labels", status: { name: "Done" } },
        },
        changelog: {
          id: "10124",
          items: [{ field: "status", fromString: "In Progress", toString: "Done" }],
        },
      },
    },
  },
});
