import { probe } from "../challenges/probe";
import { bodyEvents } from "../events/body-events";
import { del, get, patch, path, post } from "../http/api-request";
import { readPath } from "../http/json-path";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { bearerAccess } from "../subscriptions/access";
import { call } from "../subscriptions/call";
import { defineSubscription } from "../subscriptions/define-subscription";
import { readItems, readTextAt } from "../subscriptions/read-answer";
import { flag, list, text } from "../subscriptions/setting";
import type { Scope, Wanted } from "../subscriptions/subscription-state";
import { defineProvider } from "./provider";

const ping = { header: "x-github-event", equals: "ping" } as const;

/** A hook with content type `application/x-www-form-urlencoded` sends the JSON in one form field. */
const unwrapForm = (data: unknown): unknown => {
  const payload = readPath(data, "payload");
  return typeof payload === "string" ? JSON.parse(payload) : data;
};

const PAGE_SIZE = 100;

const hooksOf = ({ owner = "", repository = "" }: Scope): string =>
  repository === "" ? path`/orgs/${owner}/hooks` : path`/repos/${owner}/${repository}/hooks`;

const toHook = ({ events, enabled, endpointUrl, secret }: Wanted) => ({
  name: "web",
  active: enabled,
  events,
  config: { url: endpointUrl, content_type: "json", secret, insecure_ssl: "0" },
});

const readHook = (hook: unknown) => ({
  id: readTextAt(hook, "id"),
  key: "hook",
  endpointUrl: readTextAt(hook, "config.url"),
  events: readItems(hook, "events").map(String),
  enabled: readPath(hook, "active") === true,
  details: { contentType: readTextAt(hook, "config.content_type") },
});

/** https://docs.github.com/en/rest/repos/webhooks and .../orgs/webhooks */
const subscription = defineSubscription({
  kind: "api",
  access: bearerAccess("https://api.github.com", {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
  }),
  secret: "ours",
  inputs: {
    owner: text({
      label: "Owner",
      required: true,
      comments:
        "The user or organization that owns the repository. The token needs the scope admin:repo_hook, or admin:org_hook for an organization.",
      example: "octocat",
      placeholder: "Enter the owner",
    }),
    repository: text({
      label: "Repository",
      comments: "The repository to watch. The whole organization is watched when this is empty.",
      example: "hello-world",
      placeholder: "Enter the name of the repository",
    }),
    events: list({
      label: "Events",
      required: true,
      comments: "The names of the events to deliver, as GitHub's documentation lists them.",
      example: "issues",
      placeholder: "Enter the name of an event",
    }),
    enabled: flag({
      label: "Enabled",
      default: true,
      comments: "Whether GitHub delivers. Switched off, the webhook stays and is silent.",
      example: "true",
    }),
  },
  plan: ({ events, enabled }) =>
    events.length === 0 ? [] : [{ key: "hook", events, enabled, details: { contentType: "json" } }],
  scope: ({ owner, repository }) => ({ owner, repository }),
  hints: {
    404: "Owner, Repository: GitHub knows no such place, or the token may not see its webhooks (scope admin:repo_hook or admin:org_hook).",
    422: "Events: GitHub refuses this webhook, mostly because an event's name is wrong.",
  },
  list: {
    request: (scope, page = "1") => get(hooksOf(scope), { per_page: PAGE_SIZE, page }),
    read: ({ data }, _scope, page = "1") => {
      const items = readItems(data).map(readHook);
      return items.length < PAGE_SIZE ? { items } : { items, next: String(Number(page) + 1) };
    },
  },
  create: {
    request: ({ wanted, scope }) => post(hooksOf(scope), toHook(wanted)),
    read: ({ data }) => ({ id: readTextAt(data, "id") }),
  },
  update: {
    request: ({ id, wanted, scope }) => patch(`${hooksOf(scope)}${path`/${id}`}`, toHook(wanted)),
    read: (_answer, { id }) => ({ id }),
  },
  remove: call(({ id, scope }) => del(`${hooksOf(scope)}${path`/${id}`}`)),
});

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
  subscription,
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
