import type { ApiAnswer } from "../../../src/http/api-request";
import { bearerAccess } from "../../../src/subscriptions/access";
import { flag, list, text } from "../../../src/subscriptions/setting";
import type { ApiSubscription } from "../../../src/subscriptions/subscription";
import { answer, type ReceivedCall, type ScriptedApi } from "../subscription-world";
import type { Hook, HookStore } from "./hook-store";

/** One kind of API that providers have: what it is able to do, and a small one that does it. */
export interface ApiShape {
  readonly name: string;
  readonly subscription: ApiSubscription;
  readonly createApi: () => ShapeApi;
  /** How many subscriptions one call of the list shows. */
  readonly pageSize: number;
  /** Whether there can be only one for a topic at a place, wherever it delivers to. */
  readonly hasNames?: true;
}

export interface ShapeApi extends ScriptedApi {
  readonly hooks: (now: Date) => readonly Hook[];
  /** Somebody else's. Returns its id. */
  readonly add: (hook: Omit<Hook, "id">) => string;
}

export const TOKEN = "shape-token-0123456789abcdef";
export const access = bearerAccess("https://api.shapes.example.com");

export const inputs = {
  place: text({ label: "Place", comments: "Where to watch.", example: "one" }),
  events: list({ label: "Events", comments: "What to deliver.", example: "opened" }),
  enabled: flag({
    label: "Enabled",
    comments: "Whether to deliver.",
    default: true,
    example: "true",
  }),
  filter: text({ label: "Filter", comments: "Which of them.", example: "color=red" }),
};

export const PLACES = ["one", "two"] as const;

/** Wishes that differ from the first in nearly everything, in the place, and in the filter, the events or the switch alone. */
export const wishes = [
  { place: "one", events: ["opened", "closed"], enabled: true, filter: "" },
  { place: "one", events: ["merged"], enabled: false, filter: "color=red" },
  { place: "two", events: ["closed", "merged"], enabled: true, filter: "" },
  { place: "one", events: ["closed", "opened"], enabled: true, filter: "color=blue" },
  { place: "one", events: ["opened", "merged"], enabled: true, filter: "" },
  { place: "one", events: ["opened", "closed"], enabled: false, filter: "" },
] as const;

export const jsonOf = ({ body }: ReceivedCall): Record<string, unknown> =>
  (body as { json: Record<string, unknown> }).json;

/** What every one of these APIs takes. */
export const readHook = (place: string, call: ReceivedCall): Omit<Hook, "id"> => {
  const { url, events = [], enabled = true, filter = "" } = jsonOf(call);
  return { place, endpointUrl: url, events, enabled, filter } as Omit<Hook, "id">;
};

const ROUTE = /^\/places\/([^/]+)\/hooks(?:\/([^/]+))?(\/renewal)?$/;

export interface Routes {
  readonly list?: (place: string, call: ReceivedCall) => ApiAnswer;
  readonly create: (place: string, call: ReceivedCall, now: Date) => ApiAnswer;
  readonly update?: (hook: Hook, call: ReceivedCall) => ApiAnswer;
  readonly renew?: (hook: Hook, now: Date) => ApiAnswer;
}

const isTokenRight = ({ headers }: ReceivedCall): boolean =>
  headers.authorization === `Bearer ${TOKEN}`;

const handleOne = (store: HookStore, routes: Routes, hook: Hook, call: ReceivedCall, now: Date) => {
  if (call.method === "DELETE") {
    store.remove(hook.id);
    return answer(204);
  }
  if (call.path.endsWith("/renewal")) return routes.renew?.(hook, now) ?? answer(405);
  return routes.update?.(hook, call) ?? answer(405);
};

const handleAll = (routes: Routes, place: string, call: ReceivedCall, now: Date) => {
  if (call.method === "POST") return routes.create(place, call, now);
  return routes.list?.(place, call) ?? answer(405);
};

/** An API over a store: places with hooks. */
export const createShapeApi = (store: HookStore, routes: Routes): ShapeApi => ({
  handle: (call, now) => {
    store.expire(now);
    const [, place = "", id] = ROUTE.exec(call.path) ?? [];
    if (!isTokenRight(call)) return answer(401, { message: "Bad credentials" });
    if (id === undefined) return handleAll(routes, place, call, now);
    const hook = store.find(place, decodeURIComponent(id));
    return hook
      ? handleOne(store, routes, hook, call, now)
      : answer(404, { message: "No such hook" });
  },
  hooks: (now) => {
    store.expire(now);
    return store.all();
  },
  live: (now) => {
    store.expire(now);
    return store.all().map(({ expiresAt, ...hook }) => ({
      ...hook,
      ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
    }));
  },
  add: (hook) => store.add(hook).id,
  addStranger: (endpointUrl) =>
    store.add({ place: "one", endpointUrl, events: ["opened"], enabled: true, filter: "" }).id,
  removeByHand: (id) => store.remove(id),
});
