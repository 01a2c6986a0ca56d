import { STATUS_CODES } from "node:http";
import { readPath } from "../../http/json-path";
import type { StandInDelivery, StandInReport } from "../stand-in";
import { DOCUMENT_TYPES, MEDIA_TYPES } from "./catalogue";
import type { Site, Webhook, WebhookLog } from "./site";

const textAt = (payload: unknown, ...paths: readonly string[]): string | undefined =>
  paths
    .map((path) => readPath(payload, path))
    .find((value): value is string => typeof value === "string");

/** Member names start with a capital or do not, as the site is configured. */
const idOf = (payload: unknown): string | undefined => textAt(payload, "Id", "id")?.toLowerCase();

/** Of the item that the payload is about, by its id, else by the type that it names. */
const typeOf = ({ items }: Site, payload: unknown): string | undefined => {
  const id = idOf(payload);
  const alias = textAt(payload, "ContentType", "contentType", "MediaType", "mediaType");
  const named = [...DOCUMENT_TYPES, ...MEDIA_TYPES].find((type) => type.alias === alias);
  return items.find((item) => item.id === id)?.typeId ?? named?.id;
};

const isWanted = (
  { enabled, events, contentTypeKeys }: Webhook,
  event: string,
  type: string | undefined,
): boolean =>
  enabled &&
  events.includes(event) &&
  (contentTypeKeys.length === 0 || contentTypeKeys.some((key) => key.toLowerCase() === type));

/** What is deleted has no record any more, until it is there again. */
const noteState = ({ deleted }: Site, event: string, payload: unknown): void => {
  const id = idOf(payload);
  if (id === undefined) return;
  if (/\.(content|media)delete$/i.test(event)) deleted.add(id);
  else deleted.delete(id);
};

/** Queues one request for each webhook that is enabled now; whether it still is when it is sent, nobody asks. */
export const fireWebhooks = (
  site: Site,
  event: string,
  payload: unknown,
): readonly StandInDelivery[] => {
  noteState(site, event, payload);
  const type = typeOf(site, payload);
  return [...site.webhooks.values()]
    .filter((webhook) => isWanted(webhook, event, type))
    .map(({ id, url, headers }) => ({
      subscriptionId: id,
      event,
      url,
      headers: {
        "User-Agent": "Umbraco-Cms/17.0.0",
        "Content-Type": "application/json; charset=utf-8",
        "Umb-Webhook-Event": event,
        ...headers,
      },
      body: typeof payload === "string" ? payload : JSON.stringify(payload),
    }));
};

/** Headers that differ between the attempts at one delivery. */
export const attemptHeaders = (count: number, now: Date) => ({
  "Umb-Webhook-RetryCount": String(count - 1),
  "Umb-Webhook-Date": now.toUTCString(),
});

const describeStatus = (status: number | undefined): string =>
  status === undefined ? "" : `${(STATUS_CODES[status] ?? "").replaceAll(/[ -]/g, "")} (${status})`;

/** The latest attempt as the site logs it, with everything that it shows in debug mode; nothing for a skipped request. */
export const toLog = (
  { delivery, attempts, outcome }: StandInReport,
  newId: () => string,
): WebhookLog | undefined => {
  const attempt = attempts.at(-1);
  if (!attempt || outcome === "skipped") return undefined;
  const { at, status, answer = "" } = attempt;
  const headers = { ...delivery.headers, ...attemptHeaders(attempts.length, new Date(at)) };
  return {
    key: newId(),
    webhookKey: delivery.subscriptionId,
    statusCode: describeStatus(status),
    isSuccessStatusCode: outcome === "delivered",
    date: at,
    eventAlias: delivery.event,
    url: delivery.url,
    retryCount: attempts.length - 1,
    requestHeaders: Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n"),
    requestBody: delivery.body,
    responseHeaders: "",
    responseBody: answer,
    exceptionOccured: status === undefined,
  };
};
