import { HooklineError } from "../../errors";
import type { ApiAnswer, ApiRequest } from "../../http/api-request";
import { readPath } from "../../http/json-path";
import { baseUrlOr } from "../../subscriptions/access";
import { call } from "../../subscriptions/call";
import { defineSubscription } from "../../subscriptions/define-subscription";
import { providerApi } from "../../subscriptions/provider-api";
import { readItems, readTextAt } from "../../subscriptions/read-answer";
import { list } from "../../subscriptions/setting";

const PATH = "/admin/api/2026-07/graphql.json";

const LIST = `query ($after: String) {
  result: webhookSubscriptions(first: 100, after: $after) {
    nodes { id topic uri }
    pageInfo { hasNextPage endCursor }
  }
}`;

const CREATE = `mutation ($topic: WebhookSubscriptionTopic!, $webhookSubscription: WebhookSubscriptionInput!) {
  result: webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhookSubscription) {
    webhookSubscription { id }
    userErrors { field message }
  }
}`;

const UPDATE = `mutation ($id: ID!, $webhookSubscription: WebhookSubscriptionInput!) {
  result: webhookSubscriptionUpdate(id: $id, webhookSubscription: $webhookSubscription) {
    webhookSubscription { id }
    userErrors { field message }
  }
}`;

const DELETE = `mutation ($id: ID!) {
  result: webhookSubscriptionDelete(id: $id) {
    deletedWebhookSubscriptionId
    userErrors { field message }
  }
}`;

const ask = (query: string, variables: Readonly<Record<string, unknown>>): ApiRequest => ({
  method: "POST",
  path: PATH,
  body: { json: { query, variables } },
});

/** Codes of errors that stand for a whole call, as the status they would have in REST. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  THROTTLED: 429,
  ACCESS_DENIED: 403,
  SHOP_INACTIVE: 403,
  INTERNAL_SERVER_ERROR: 500,
};

/** What Shopify says of one input has no code, only words. */
const toStatus = (said: string): number => {
  if (/already been taken/i.test(said)) return 409;
  return /does not exist|not found/i.test(said) ? 404 : 422;
};

const NO_SHOP =
  "Connection providerApi: there is no shop at the Base URL, which is the shop's own address, such as https://acme.myshopify.com.";

const expectResult = (answer: ApiAnswer): ApiAnswer => {
  if (readPath(answer.data, "data.result")) return answer;
  throw new HooklineError("CONNECTION_INVALID", NO_SHOP);
};

/** GraphQL answers 200 to everything that it understood: a refusal is in the body. */
const interpret = (answer: ApiAnswer): ApiAnswer => {
  if (answer.status !== 200) return answer;
  const [failure] = readItems(answer.data, "errors");
  const [refusal] = readItems(answer.data, "data.result.userErrors");
  if (failure === undefined && refusal === undefined) return expectResult(answer);
  const message = readTextAt(failure ?? refusal, "message");
  const code = readTextAt(failure, "extensions.code");
  const status = failure === undefined ? toStatus(message) : (STATUS_OF_CODE[code] ?? 422);
  return { ...answer, status, data: { message } };
};

/** Deliveries name a topic `orders/create`, the API names it `ORDERS_CREATE`. */
const toTopic = (text: string): string =>
  text
    .trim()
    .toUpperCase()
    .replaceAll(/[/.\s-]+/g, "_");

const readSubscription = (node: unknown) => {
  const key = readTextAt(node, "topic");
  return {
    id: readTextAt(node, "id"),
    key,
    endpointUrl: readTextAt(node, "uri"),
    events: [key],
  };
};

/**
 * https://shopify.dev/docs/api/admin-graphql/latest/objects/WebhookSubscription; errors as in
 * https://shopify.dev/docs/api/admin-graphql#status-and-error-codes. The REST Admin API is a legacy API
 * that new public apps may not use.
 */
export const shopifySubscription = defineSubscription({
  kind: "api",
  access: {
    connection: providerApi,
    requires: ["baseUrl", "token", "signingSecret"],
    baseUrl: baseUrlOr(""),
    headers: ({ token = "" }) => ({ "x-shopify-access-token": token }),
    interpret,
  },
  secret: "connection",
  inputs: {
    topics: list({
      label: "Topics",
      required: true,
      comments:
        "The topics to deliver, as Shopify's documentation lists them. The app needs the access scope that goes with each.",
      example: "orders/create",
      placeholder: "Enter a topic",
    }),
  },
  plan: ({ topics }) => topics.map(toTopic).map((topic) => ({ key: topic, events: [topic] })),
  hints: {
    404: NO_SHOP,
    422: "Topics: Shopify refuses this subscription, mostly because a topic's name is wrong.",
  },
  list: {
    request: (_scope, after) => ({ ...ask(LIST, { after: after ?? null }), isRead: true }),
    read: ({ data }) => ({
      items: readItems(data, "data.result.nodes").map(readSubscription),
      next:
        readPath(data, "data.result.pageInfo.hasNextPage") === true
          ? readTextAt(data, "data.result.pageInfo.endCursor")
          : undefined,
    }),
  },
  create: {
    request: ({ wanted: { key, endpointUrl } }) =>
      ask(CREATE, { topic: key, webhookSubscription: { uri: endpointUrl, format: "JSON" } }),
    read: ({ data }) => ({ id: readTextAt(data, "data.result.webhookSubscription.id") }),
  },
  update: {
    request: ({ id, wanted: { endpointUrl } }) =>
      ask(UPDATE, { id, webhookSubscription: { uri: endpointUrl } }),
    read: (_answer, { id }) => ({ id }),
  },
  remove: call(({ id }) => ask(DELETE, { id })),
});
