import type { Fields } from "../../connections/connection";
import { HooklineError } from "../../errors";
import { del, get, post, put } from "../../http/api-request";
import { type Access, baseUrlOr } from "../../subscriptions/access";
import { call } from "../../subscriptions/call";
import { defineSubscription } from "../../subscriptions/define-subscription";
import { flag, list, pairs } from "../../subscriptions/setting";
import type { Found, Wanted } from "../../subscriptions/subscription-state";
import {
  readMadeId,
  readPage,
  readWebhook,
  toPageQuery,
  toWebhookBody,
  toWebhookPath,
  WEBHOOKS,
} from "./assumed";
import { connection } from "./connection";
import {
  checkHeaders,
  type Headers,
  readSecret,
  withoutSecret,
  withSecret,
  withTopic,
} from "./headers";
import { topicCheck, topicChoices } from "./topics";

const apiUrl = (fields: Fields): string => {
  const url = baseUrlOr("https://api.heart.work")(fields).replace(/\/core-api$/, "");
  if (!url.endsWith("/commerce-api")) return url;
  throw new HooklineError(
    "CONNECTION_INVALID",
    "Connection heartwork: only the Core API has webhooks. Enter the base URL without /commerce-api.",
  );
};

/** https://docs.api.heart.work/core-api/authentication */
const access: Access = {
  connection,
  requires: ["apiKey", "workspace"],
  baseUrl: apiUrl,
  headers: ({ apiKey = "", workspace = "" }) => ({ apikey: apiKey, workspace }),
};

const toWebhook = ({ key, endpointUrl, enabled, details, secret }: Wanted) =>
  toWebhookBody({
    topic: key,
    deliveryEndpoint: endpointUrl,
    skipSystem: details.skipSystem === true,
    headers: withSecret(details.headers as Headers, secret),
    enabled,
  });

const readFound = (item: unknown): Found => {
  const { id, topic, deliveryEndpoint, skipSystem, headers, enabled } = readWebhook(item);
  return {
    ...{ id, key: topic, endpointUrl: deliveryEndpoint, events: [topic] },
    ...(enabled !== undefined && { enabled }),
    ...(headers && readSecret(headers)),
    details: {
      ...(skipSystem !== undefined && { skipSystem }),
      ...(headers && { headers: withoutSecret(headers) }),
    },
  };
};

/** https://docs.api.heart.work/features/webhooks; what that page leaves open is in `assumed.ts`. */
export const heartworkSubscription = defineSubscription({
  kind: "api",
  access,
  secret: "ours",
  inputs: {
    topics: list({
      label: "Topics",
      required: true,
      choices: "heartworkTopics",
      comments:
        "The topics (atomics, in Heart.work's own word) to deliver; only write operations can be subscribed to, and the workspace may be limited to some.",
      example: "CreateSalesOrder",
      placeholder: "Enter the name of a topic",
    }),
    skipSystem: flag({
      label: "Skip System",
      default: false,
      comments:
        "Whether these webhooks replace Heart.work's own processing of the topics: leave it off unless this flow does that work instead.",
      example: "false",
    }),
    headers: pairs({
      label: "Headers",
      comments: "Further HTTP headers that Heart.work sends with every delivery.",
      example: "X-Tenant",
      placeholder: "Enter the name of a header",
    }),
    enabled: flag({
      label: "Enabled",
      default: true,
      comments: "Whether Heart.work delivers. Switched off, the webhooks stay and are silent.",
      example: "true",
    }),
  },
  choices: { heartworkTopics: topicChoices },
  checks: [topicCheck],
  hints: {
    401: "API Key, Workspace: Heart.work does not accept the key, or the key is not tied to this workspace.",
    404: "Base URL, Workspace: the Core API has no such address. Only the one of its topics is public; docs/source-systems.md tells what is assumed of the others.",
  },
  plan: ({ topics, skipSystem, headers, enabled }) => {
    checkHeaders(headers);
    return topics.map((topic) => ({
      ...{ key: topic, events: [topic], enabled },
      details: { skipSystem, headers: withTopic(headers, topic) },
    }));
  },
  list: {
    request: (_scope, page) => get(WEBHOOKS, toPageQuery(page)),
    read: ({ data }, _scope, page) => {
      const { items, next } = readPage(data, page);
      return { items: items.map(readFound), next };
    },
  },
  create: {
    request: ({ wanted }) => post(WEBHOOKS, toWebhook(wanted)),
    read: (answer) => ({ id: readMadeId(answer) }),
  },
  update: {
    request: ({ id, wanted }) => put(toWebhookPath(id), toWebhook(wanted)),
    read: (_answer, { id }) => ({ id }),
  },
  remove: call(({ id }) => del(toWebhookPath(id))),
});
