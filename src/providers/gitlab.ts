import { bodyEvents } from "../events/body-events";
import { choice } from "../signatures/choice";
import { sharedToken } from "../signatures/shared-token";
import { standardHmac } from "../signatures/standard-webhooks";
import { isUsable } from "../signatures/usable-secrets";
import { defineProvider } from "./provider";

export const gitlab = defineProvider({
  id: "gitlab",
  name: "GitLab",
  docs: "https://docs.gitlab.com/user/project/integrations/webhooks/",
  evidence: "docs",
  secret:
    "The webhook's signing token (whsec_…), or its secret token, as set in the project's or group's Settings > Webhooks",
  signature: choice({
    schemes: {
      token: sharedToken({ header: "x-gitlab-token" }),
      signed: standardHmac("webhook"),
    },
    choose: ({ secrets }) =>
      secrets.some((secret) => isUsable(secret) && secret.startsWith("whsec_"))
        ? "signed"
        : "token",
  }),
  events: bodyEvents({
    id: { first: [{ header: "webhook-id" }, { header: "idempotency-key" }] },
    type: {
      joined: [
        { first: ["object_kind", "event_name", { header: "x-gitlab-event" }] },
        "object_attributes.action",
      ],
    },
    orderingKey: {
      joined: [
        { first: ["project.id", "project_id"] },
        { first: ["issue.iid", "merge_request.iid", "object_attributes.iid", "ref"] },
      ],
      separator: ":",
    },
  }),
  notes: [
    "The secret token proves the sender but not the body. Prefer the signing token where GitLab offers it.",
    "Before GitLab 17.4 there is no Idempotency-Key and the id is a hash of event and body; X-Gitlab-Event-UUID is not used, because webhooks that cause each other share it.",
  ],
  samples: {
    "merge_request.open": {
      headers: {
        "x-gitlab-event": "Merge Request Hook",
        "webhook-id": "f5e5f430-f57b-4e6e-9fac-d9128cd7232f",
        "idempotency-key": "f5e5f430-f57b-4e6e-9fac-d9128cd7232f",
      },
      body: {
        object_kind: "merge_request",
        project: { id: 15, path_with_namespace: "acme/shop" },
        object_attributes: { iid: 7, action: "open", title: "Zoë's change" },
      },
    },
    push: {
      headers: {
        "x-gitlab-event": "Push Hook",
        "webhook-id": "13792a34-cac6-4fda-95a8-c58e00a3954e",
        "idempotency-key": "13792a34-cac6-4fda-95a8-c58e00a3954e",
      },
      body: {
        object_kind: "push",
        ref: "refs/heads/main",
        project_id: 15,
        after: "da1560886d4f094c3e6c9ef40349f7d38b5d27d7",
      },
    },
  },
});
