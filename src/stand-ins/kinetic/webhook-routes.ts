import type { StandInAnswer } from "../stand-in";
import { type KineticCall, notFound, ok, refuse, textsOf } from "./answers";
import { KINETIC_EVENTS } from "./events";
import { toWebhookKey, type Webhook } from "./space";

/** GET /meta/webhooks/{types|events}/{space|kapp} and /meta/webhooks/events/{space|kapp}/{type} */
export const answerMeta = (call: KineticCall): StandInAnswer => {
  const [, area, kind, scope = "", type] = call.segments;
  const isKnown = area === "webhooks" && Object.hasOwn(KINETIC_EVENTS, scope);
  const events = isKnown ? KINETIC_EVENTS[scope] : undefined;
  if (!events) return notFound(call, "resource");
  if (kind === "types") return ok(Object.keys(events));
  return ok(type === undefined ? events : (events[type] ?? []));
};

const show = ({ kapp: _, ...webhook }: Webhook) => ({ authStrategy: null, ...webhook });

const WRITABLE = ["name", "type", "event", "filter", "url"] as const;

/** The event's name is taken as it comes, as the platform does; a wrong one never fires. */
const create = ({ space, world, request, kapp }: KineticCall): StandInAnswer => {
  const given = textsOf(request.body, WRITABLE);
  const made = { name: "", type: "", event: "", filter: "", url: "", ...given, kapp };
  if (made.type === "") return refuse(world, 400, "Type must not be blank");
  if (made.name === "") return refuse(world, 400, "Name must not be blank");
  const key = toWebhookKey(kapp, made.name);
  if (space.webhooks.has(key))
    return refuse(world, 400, "A webhook of that name exists already", "uniqueness_violation");
  space.webhooks.set(key, made);
  return ok({ webhook: show(made) });
};

const change = ({ space, request, kapp }: KineticCall, webhook: Webhook): StandInAnswer => {
  const changed = { ...webhook, ...textsOf(request.body, WRITABLE) };
  space.webhooks.delete(toWebhookKey(kapp, webhook.name));
  space.webhooks.set(toWebhookKey(kapp, changed.name), changed);
  return ok({ webhook: show(changed) });
};

/** GET and POST /webhooks; GET, PUT and DELETE /webhooks/{name}; the same below a kapp. The list has no pages. */
export const answerWebhooks = (call: KineticCall): StandInAnswer => {
  const { space, kapp, request } = call;
  const [, name] = call.segments;
  const all = [...space.webhooks.values()].filter((webhook) => webhook.kapp === kapp);
  if (name === undefined)
    return request.method === "POST" ? create(call) : ok({ webhooks: all.map(show) });
  const webhook = all.find((one) => one.name === name);
  if (!webhook) return notFound(call, "webhook");
  if (request.method === "PUT") return change(call, webhook);
  if (request.method === "DELETE") space.webhooks.delete(toWebhookKey(kapp, name));
  return ok({ webhook: show(webhook) });
};
