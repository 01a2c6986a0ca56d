import { readPath } from "../../http/json-path";
import { isLoopbackUrl } from "../../http/public-url";
import type { HandMade, StandInDelivery, StandInSubscription } from "../stand-in";

interface Header {
  readonly key: string;
  readonly value: string;
}

/** A webhook as the Core API shows it; which settings it has is documented, their names are assumed. */
export interface Webhook {
  readonly id: string;
  readonly workspace: string;
  readonly topic: string;
  readonly deliveryEndpoint: string;
  readonly skipSystem: boolean;
  readonly headers: readonly Header[];
  readonly enabled: boolean;
}

export const toWebhook = (body: unknown, id: string, workspace: string): Webhook => {
  const headers = readPath(body, "headers");
  return {
    ...{ id, workspace },
    topic: String(readPath(body, "topic") ?? ""),
    deliveryEndpoint: String(readPath(body, "deliveryEndpoint") ?? ""),
    skipSystem: readPath(body, "skipSystem") === true,
    headers: Array.isArray(headers) ? headers : [],
    enabled: readPath(body, "enabled") !== false,
  };
};

export const toHandMade = (
  { endpointUrl, events, headers = {}, enabled = true }: HandMade,
  id: string,
): Webhook => ({
  ...{ id, workspace: "acme", enabled },
  topic: events[0] ?? "CreateSalesOrder",
  deliveryEndpoint: endpointUrl,
  skipSystem: false,
  headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
});

/** What is wrong with a webhook, if anything is. */
export const findFlaw = (
  { topic, deliveryEndpoint }: Webhook,
  topics: readonly string[],
): string | undefined => {
  if (!topics.includes(topic)) return `Topic ${topic} is not available in this workspace.`;
  const url = URL.canParse(deliveryEndpoint) ? new URL(deliveryEndpoint) : undefined;
  const isWhole = url?.protocol === "https:" && url.hostname.includes(".");
  return isWhole || (url && isLoopbackUrl(url))
    ? undefined
    : "deliveryEndpoint has to be a full URL with a fully qualified domain name.";
};

/** As the API shows it. */
export const showWebhook = ({ workspace: _, ...webhook }: Webhook) => webhook;

const readSecret = ({ headers }: Webhook): string | undefined =>
  headers.find(({ key }) => key.toLowerCase() === "x-webhook-secret")?.value;

export const toSubscription = (webhook: Webhook): StandInSubscription => {
  const secret = readSecret(webhook);
  return {
    id: webhook.id,
    endpointUrl: webhook.deliveryEndpoint,
    events: [webhook.topic],
    enabled: webhook.enabled,
    ...(secret !== undefined && { secret }),
  };
};

/** Signed by nothing: all that a delivery carries is its body and the webhook's own headers. */
export const toDelivery = (webhook: Webhook, payload: unknown): StandInDelivery => {
  const isXml = typeof payload === "string" && payload.trimStart().startsWith("<");
  const own = webhook.headers.map(({ key, value }) => [key.toLowerCase(), value]);
  return {
    subscriptionId: webhook.id,
    event: webhook.topic,
    url: webhook.deliveryEndpoint,
    headers: {
      "content-type": isXml ? "application/xml" : "application/json",
      ...Object.fromEntries(own),
    },
    body: typeof payload === "string" ? payload : JSON.stringify(payload),
  };
};
