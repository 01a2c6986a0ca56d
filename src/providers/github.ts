import { probe } from "../challenges/probe";
import { bodyEvents } from "../events/body-events";
import { readPath } from "../http/json-path";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

const ping = { header: "x-github-event", equals: "ping" } as const;

/** A hook with content type `application/x-www-form-urlencoded` sends the JSON in one form field. */
const unwrapForm = (data: unknown): unknown => {
  const payload = readPath(data, "payload");
  return typeof payload === "string" ? JSON.parse(payload) : data;
};

export const github = defineProvider({
  id: "github",
  name: "GitHub",
  docs: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
  evidence: "sdk",
  secret:
    "The secret of the webhook, as set in the repository's or organisation's webhook settings",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-hub-signature-256", grammar: prefixed("sha256=") },
    content: ({ body }) => [body],
  }),
  challenge: probe({ signed: true, when: { all: [ping] } }),
  events: bodyEvents({
    unwrap: unwrapForm,
    id: { header: "x-github-delivery" },
    type: { joined: [{ header: "x-github-event" }, "action"] },
    orderingKey: {
      joined: ["repository.id", { first: ["issue.number", "pull_request.number", "ref"] }],
      separator: ":",
    },
  }),
  samples: {
    "issues.opened": {
      headers: {
        "x-github-event": "issues",
        "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      },
      body: {
        action: "opened",
        issue: { number: 1347, title: "Found a bug" },
        repository: { id: 1296269, full_name: "octocat/hello-world" },
      },
    },
  },
  challengeSample: {
    headers: {
      "x-github-event": "ping",
      "x-github-delivery": "0c2a3b10-cc78-11e3-9f0e-4c9367dc0958",
    },
    body: { zen: "Keep it logically awesome.", hook_id: 30 },
  },
});
