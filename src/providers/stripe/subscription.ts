import { type ApiRequest, del, get, path } from "../../http/api-request";
import { readPath } from "../../http/json-path";
import { bearerAccess } from "../../subscriptions/access";
import { call } from "../../subscriptions/call";
import { defineSubscription } from "../../subscriptions/define-subscription";
import { readItems, readTextAt } from "../../subscriptions/read-answer";
import { flag, list, text } from "../../subscriptions/setting";
import type { Wanted } from "../../subscriptions/subscription-state";

const PAGE_SIZE = 100;
const ENDPOINTS = "/v1/webhook_endpoints";

type Form = readonly (readonly [name: string, value: string])[];

const postForm = (to: string, form: Form): ApiRequest => ({
  method: "POST",
  path: to,
  body: { form },
});

const toForm = ({ endpointUrl, events, key }: Wanted): Form => [
  ["url", endpointUrl],
  ...events.map((event) => ["enabled_events[]", event] as const),
  ["metadata[hookline]", key],
];

/** What can be said only once, when an endpoint is made. */
const toLasting = ({ details }: Wanted): Form => [
  ...(details.connect === true ? [["connect", "true"] as const] : []),
  ...(details.apiVersion ? [["api_version", String(details.apiVersion)] as const] : []),
];

const readEndpoint = (endpoint: unknown) => ({
  id: readTextAt(endpoint, "id"),
  key: readTextAt(endpoint, "metadata.hookline"),
  endpointUrl: readTextAt(endpoint, "url"),
  events: readItems(endpoint, "enabled_events").map(String),
  enabled: readTextAt(endpoint, "status") !== "disabled",
});

/**
 * https://docs.stripe.com/api/webhook_endpoints and https://docs.stripe.com/webhooks
 *
 * Whose events an endpoint gets and in which version can be chosen only when it is made and is not all
 * listed, so both are part of the key: when they change, a new endpoint takes over. Nor can an endpoint be made
 * silent from the start, so one that is switched off is removed.
 */
export const stripeSubscription = defineSubscription({
  kind: "api",
  access: bearerAccess("https://api.stripe.com"),
  secret: "returned",
  inputs: {
    events: list({
      label: "Events",
      required: true,
      comments:
        "The types of the events to deliver, as Stripe's documentation lists them, or * for all.",
      example: "invoice.paid",
      placeholder: "Enter the type of an event",
    }),
    connect: flag({
      label: "Connected Accounts",
      default: false,
      comments:
        "Whether the events of connected accounts are delivered instead of those of the account itself.",
      example: "false",
    }),
    apiVersion: text({
      label: "API Version",
      comments:
        "The version of Stripe's API that events are written in. The account's default version is used when this is empty.",
      example: "2025-03-31.basil",
      placeholder: "Enter a version of the API",
    }),
    enabled: flag({
      label: "Enabled",
      default: true,
      comments:
        "Whether Stripe delivers. Switched off, the endpoint is removed, and made again when it is switched on.",
      example: "true",
    }),
  },
  isPaused: ({ enabled }) => !enabled,
  plan: ({ events, connect, apiVersion }) =>
    events.length === 0
      ? []
      : [
          {
            key: [connect ? "connected accounts" : "account", apiVersion].join(" ").trim(),
            events,
            details: { connect, apiVersion },
          },
        ],
  hints: {
    400: "Events, API Version: Stripe refuses this webhook endpoint. Mostly a name is wrong, or there are 16 endpoints already, which is as many as Stripe allows: remove one that nobody needs.",
  },
  list: {
    request: (_scope, after) => get(ENDPOINTS, { limit: PAGE_SIZE, starting_after: after }),
    read: ({ data }) => {
      const items = readItems(data, "data").map(readEndpoint);
      const next = readPath(data, "has_more") === true ? items.at(-1)?.id : undefined;
      return { items, next };
    },
  },
  create: {
    request: ({ wanted }) => postForm(ENDPOINTS, [...toForm(wanted), ...toLasting(wanted)]),
    read: ({ data }) => ({ id: readTextAt(data, "id"), secret: readTextAt(data, "secret") }),
  },
  update: {
    request: ({ id, wanted }) =>
      postForm(`${ENDPOINTS}${path`/${id}`}`, [...toForm(wanted), ["disabled", "false"]]),
    read: (_answer, { id }) => ({ id }),
  },
  remove: call(({ id }) => del(`${ENDPOINTS}${path`/${id}`}`)),
});
