import type { StandIn, StandInAnswer, StandInApp, StandInRequest, StandInWorld } from "./stand-in";
import { API, notFound, type UmbracoCall } from "./umbraco/answers";
import { EVENTS } from "./umbraco/catalogue";
import { answerItem, answerTree } from "./umbraco/content-routes";
import { attemptHeaders, fireWebhooks, toLog } from "./umbraco/firing";
import { createSite, type Site } from "./umbraco/site";
import { answerToken, isLoggedIn, UMBRACO_USER } from "./umbraco/token";
import { answerWebhooks } from "./umbraco/webhook-routes";

type Route = (site: Site, call: UmbracoCall, newId: () => string) => StandInAnswer;

const ROUTES: Readonly<Record<string, Route>> = {
  webhook: answerWebhooks,
  tree: answerTree,
  document: answerItem,
  media: answerItem,
};

const answer = (
  site: Site,
  { path, ...request }: StandInRequest,
  { now, newId }: StandInWorld,
): StandInAnswer => {
  if (!path.startsWith(API)) return notFound("Not Found");
  const segments = path.slice(API.length).split("/").map(decodeURIComponent);
  const call: UmbracoCall = { ...request, segments, now: now() };
  if (segments.join("/") === "security/back-office/token") return answerToken(site, call, newId);
  if (!isLoggedIn(site, call)) return { status: 401 };
  const [resource = ""] = segments;
  const route = Object.hasOwn(ROUTES, resource) ? ROUTES[resource] : undefined;
  return route ? route(site, call, newId) : notFound("Not Found");
};

const secretIn = (headers: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === "x-webhook-secret")?.[1];

const createApp = (world: StandInWorld): StandInApp => {
  const site = createSite();
  return {
    handle: (request) => answer(site, request, world),
    events: Object.fromEntries(EVENTS.map(({ alias, payload }) => [alias, payload])),
    fire: (event, payload) => fireWebhooks(site, event, payload),
    subscriptions: () =>
      [...site.webhooks.values()].map(({ id, url, events, enabled, headers }) => {
        const secret = secretIn(headers);
        const proof = secret === undefined ? {} : { secret };
        return { id, endpointUrl: url, events, enabled, ...proof };
      }),
    addByHand: ({ endpointUrl, events, headers = {}, enabled = true }) => {
      const id = world.newId();
      const blank = { name: null, description: null, contentTypeKeys: [] };
      site.webhooks.set(id, { ...blank, id, url: endpointUrl, events, headers, enabled });
      return id;
    },
    removeByHand: (id) => {
      site.webhooks.delete(id);
    },
    onReport: (report) => {
      const log = toLog(report, world.newId);
      if (log) site.logs.push(log);
    },
  };
};

/** An Umbraco site of version 17 with its Management API, its webhooks and their log. */
export const umbraco: StandIn = {
  name: "umbraco",
  title: "Umbraco CMS",
  connection: (url) => ({ baseUrl: url, ...UMBRACO_USER }),
  retries: {
    maximumAttempts: 6,
    pauseMilliseconds: 10_000,
    timeoutMilliseconds: 100_000,
    isConcurrent: true,
    headers: attemptHeaders,
  },
  create: createApp,
};
