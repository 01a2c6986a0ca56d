import type { StandInAnswer } from "../stand-in";
import { API, invalid, notFound, ok, paged, refuse, toPage, type UmbracoCall } from "./answers";
import { EVENTS } from "./catalogue";
import { type Site, toEvent, type Webhook } from "./site";

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const isHeaders = (value: unknown): value is Webhook["headers"] =>
  typeof value === "object" && value !== null && isTexts(Object.values(value));

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The body of create and update; what it leaves out is empty, whatever was there before. */
const readWebhook = (body: unknown): Omit<Webhook, "id"> | StandInAnswer => {
  const sent: Readonly<Record<string, unknown>> =
    typeof body === "object" && body !== null ? { ...body } : {};
  const { url, events = [], contentTypeKeys = [], headers = {}, enabled = false } = sent;
  if (typeof url !== "string" || url === "")
    return invalid({ "$.url": ["The Url field is required."] });
  if (!isTexts(events)) return invalid({ "$.events": ["The JSON value could not be converted."] });
  if (!isTexts(contentTypeKeys) || !contentTypeKeys.every((key) => GUID.test(key)))
    return invalid({ "$.contentTypeKeys": ["The JSON value could not be converted."] });
  if (!isHeaders(headers))
    return invalid({ "$.headers": ["The JSON value could not be converted."] });
  if (events.length === 0)
    return refuse(400, "No events specified", {
      detail: "The webhook must be configured to listen to at least one event.",
    });
  const texts = { name: textOrNull(sent.name), description: textOrNull(sent.description) };
  return { ...texts, url, events, contentTypeKeys, headers, enabled: enabled === true };
};

const show = ({ events, ...webhook }: Webhook) => ({ ...webhook, events: events.map(toEvent) });

/** 201 without a body: the id is in two headers. That a taken id is refused is assumed. */
const create = ({ webhooks }: Site, { body }: UmbracoCall, newId: () => string): StandInAnswer => {
  const read = readWebhook(body);
  if ("status" in read) return read;
  const chosen = (body as { readonly id?: unknown }).id;
  const id = typeof chosen === "string" ? chosen.toLowerCase() : newId();
  if (webhooks.has(id)) return refuse(400, "Duplicate key");
  webhooks.set(id, { id, ...read });
  const location = `${API}webhook/${id}`;
  return { status: 201, headers: { location, "umb-generated-resource": id } };
};

const update = ({ webhooks }: Site, { body }: UmbracoCall, id: string): StandInAnswer => {
  const read = readWebhook(body);
  if ("status" in read) return read;
  webhooks.set(id, { id, ...read });
  return ok();
};

/** The length of the page goes out as `total`, as at some versions. */
const list = ({ webhooks }: Site, { query }: UmbracoCall): StandInAnswer => {
  const items = toPage([...webhooks.values()], query).map(show);
  return ok({ total: items.length, items });
};

const answerOne = (site: Site, call: UmbracoCall, id: string): StandInAnswer => {
  const webhook = site.webhooks.get(id.toLowerCase());
  if (!webhook) return notFound("The webhook could not be found");
  if (call.segments[2] === "logs")
    return paged(
      site.logs.filter(({ webhookKey }) => webhookKey === webhook.id),
      call.query,
    );
  if (call.method === "GET") return ok(show(webhook));
  if (call.method === "PUT") return update(site, call, webhook.id);
  if (call.method !== "DELETE") return { status: 405 };
  site.webhooks.delete(webhook.id);
  return ok();
};

const events = EVENTS.map(({ payload: _, ...event }) => event);

/** GET and POST /webhook; GET, PUT and DELETE /webhook/{id}; GET /webhook/events, /webhook/logs and /webhook/{id}/logs */
export const answerWebhooks = (
  site: Site,
  call: UmbracoCall,
  newId: () => string,
): StandInAnswer => {
  const [, id] = call.segments;
  if (id === undefined)
    return call.method === "POST" ? create(site, call, newId) : list(site, call);
  if (id === "events") return paged(events, call.query);
  return id === "logs" ? paged(site.logs, call.query) : answerOne(site, call, id);
};
