import { ATOMICS, WORKSPACES } from "./heartwork/atomics";
import {
  findFlaw,
  showWebhook,
  toDelivery,
  toHandMade,
  toSubscription,
  toWebhook,
  type Webhook,
} from "./heartwork/webhooks";
import type { StandIn, StandInAnswer, StandInApp, StandInRequest, StandInWorld } from "./stand-in";

const API_KEY = "hw_stand_in_0123456789";
const PAGE_SIZE = 100;
const ROUTE = /^\/core-api\/webhooks(?:\/([^/]+))?$/;

const answer = (status: number, body?: unknown): StandInAnswer => ({ status, body });
const refuse = (status: number, message: string): StandInAnswer => answer(status, { message });

const topicsOf = (workspace: string) =>
  ATOMICS.filter(({ name }) => WORKSPACES[workspace]?.includes(name)).map(({ name, method }) => ({
    name,
    method,
  }));

const writeTopicsOf = (workspace: string): readonly string[] =>
  topicsOf(workspace)
    .filter(({ method }) => method !== "GET")
    .map(({ name }) => name);

/** The key has to be right, and tied to the workspace. */
const findObjection = ({ headers }: StandInRequest): StandInAnswer | undefined => {
  if (headers.get("apikey") !== API_KEY) return refuse(401, "The API key is not valid.");
  return Object.hasOwn(WORKSPACES, headers.get("workspace") ?? "")
    ? undefined
    : refuse(401, "The API key is not tied to this workspace.");
};

const toPage = <Item>(items: readonly Item[], { query }: StandInRequest): StandInAnswer => {
  const skip = Number(query.get("skip") ?? 0);
  const take = Number(query.get("take") ?? PAGE_SIZE);
  return answer(200, { items: items.slice(skip, skip + take), total: items.length });
};

type Webhooks = Map<string, Webhook>;

const keep = (webhooks: Webhooks, webhook: Webhook, status: number): StandInAnswer => {
  const flaw = findFlaw(webhook, writeTopicsOf(webhook.workspace));
  if (flaw !== undefined) return refuse(422, flaw);
  webhooks.set(webhook.id, webhook);
  return answer(status, showWebhook(webhook));
};

const answerOne = (
  webhooks: Webhooks,
  { method, body }: StandInRequest,
  { id, workspace }: Webhook,
): StandInAnswer => {
  if (method === "PUT") return keep(webhooks, toWebhook(body, id, workspace), 200);
  if (method !== "DELETE") return refuse(405, "Method not allowed.");
  webhooks.delete(id);
  return answer(204);
};

const answerWebhooks = (
  webhooks: Webhooks,
  request: StandInRequest,
  { newId }: StandInWorld,
): StandInAnswer => {
  const workspace = request.headers.get("workspace") ?? "";
  const [route, id] = ROUTE.exec(request.path) ?? [];
  if (route === undefined) return refuse(404, "There is no such resource.");
  if (id !== undefined) {
    const found = webhooks.get(decodeURIComponent(id));
    return found?.workspace === workspace
      ? answerOne(webhooks, request, found)
      : refuse(404, "There is no such webhook.");
  }
  if (request.method === "POST")
    return keep(webhooks, toWebhook(request.body, newId(), workspace), 201);
  if (request.method !== "GET") return refuse(405, "Method not allowed.");
  const all = [...webhooks.values()].filter((webhook) => webhook.workspace === workspace);
  return toPage(all.map(showWebhook), request);
};

const create = (world: StandInWorld): StandInApp => {
  const webhooks: Webhooks = new Map();
  return {
    handle: (request) => {
      const objection = findObjection(request);
      if (objection) return objection;
      return request.path === "/core-api/webhooks/topics"
        ? toPage(topicsOf(request.headers.get("workspace") ?? ""), request)
        : answerWebhooks(webhooks, request, world);
    },
    events: Object.fromEntries(
      ATOMICS.filter(({ method }) => method !== "GET").map(({ name, example }) => [name, example]),
    ),
    fire: (event, payload) =>
      [...webhooks.values()]
        .filter(({ topic, enabled }) => topic === event && enabled)
        .map((webhook) => toDelivery(webhook, payload)),
    subscriptions: () => [...webhooks.values()].map(toSubscription),
    addByHand: (made) => {
      const id = world.newId();
      webhooks.set(id, toHandMade(made, id));
      return id;
    },
    removeByHand: (id) => {
      webhooks.delete(id);
    },
  };
};

/**
 * The Core API of Heart.work with what https://docs.api.heart.work/features/webhooks tells of webhooks; paths
 * beside `webhooks/topics`, member names and answers are assumed. Nothing says that a failed delivery is
 * tried again, so it is not.
 */
export const heartwork: StandIn = {
  name: "heartwork",
  title: "Heart.work",
  connection: (url) => ({ baseUrl: url, apiKey: API_KEY, workspace: "acme" }),
  retries: { maximumAttempts: 1, pauseMilliseconds: 1_000, timeoutMilliseconds: 10_000 },
  create,
};
