import { HooklineError } from "../errors";
import type { ApiRequest } from "../http/api-request";
import { readPathAll } from "../http/json-path";
import { call, type Listing } from "./call";
import { fillJson, fillText } from "./fill-template";
import { readItems, readTextAt } from "./read-answer";
import type { SettingsOf } from "./setting";
import type { ApiSubscription } from "./subscription";
import type { Created, Found, Plan, Scope, Wanted } from "./subscription-state";
import { toTemplateAccess } from "./template-access";
import { templateSettings } from "./template-settings";

/** Cleaned values of `templateSettings`. */
export type TemplateSettings = SettingsOf<typeof templateSettings>;

const ALL = "all";

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

/** A path of the API: it starts with a slash and stays on the host. */
const toPath = (text: string, input: string): string => {
  if (text.startsWith("/") && !text.startsWith("//") && !/[\\\s]|\/\.\.?(\/|$)/.test(text))
    return text;
  throw invalid(`${input}: enter a path that starts with a slash, such as /v1/webhooks.`);
};

const toBody = ({ createBody }: TemplateSettings, wanted: Wanted): ApiRequest["body"] => {
  const { endpointUrl: endpoint, secret, events, mark } = wanted;
  const values = { endpoint, secret, events, event: events[0] ?? "", mark };
  return { json: fillJson(createBody, values, "Create Body") };
};

const toPlans = ({ events, subscriptions, createBody }: TemplateSettings): readonly Plan[] =>
  subscriptions === "each"
    ? events.map((event) => ({ key: event, events: [event], details: { createBody } }))
    : [{ key: ALL, events, details: { createBody } }];

const readEvents = (item: unknown, path: string): readonly string[] | undefined => {
  if (path === "") return undefined;
  return readPathAll(item, path).flat().map(String);
};

const toFound = (settings: TemplateSettings, item: unknown): Found => {
  const events = readEvents(item, settings.listEvents);
  return {
    id: readTextAt(item, settings.idPath),
    key: settings.subscriptions === "each" ? (events?.[0] ?? "") : ALL,
    endpointUrl: readTextAt(item, settings.listEndpoint),
    ...(events && { events }),
  };
};

const splitPath = (text: string) => {
  const [pathname = "", ...rest] = text.split("?");
  return { pathname, search: rest.length === 0 ? "" : `?${rest.join("?")}` };
};

/** The next page as a path, wherever the API writes its whole URL or the base URL's own path before that of the list. */
const toNext = (next: string, { listPath }: TemplateSettings): string | undefined => {
  if (next === "") return undefined;
  const { pathname, search } = URL.canParse(next) ? new URL(next) : splitPath(next);
  const own = splitPath(listPath).pathname;
  return `${pathname.endsWith(own) ? own : pathname}${search}`;
};

const toListing = (settings: TemplateSettings): Listing<Scope, Found> => ({
  request: (_scope, page) => ({
    method: "GET",
    path: toPath(page ?? settings.listPath, "List Path"),
  }),
  read: ({ data }) => ({
    items: readItems(data, settings.listItems).map((item) => toFound(settings, item)),
    next:
      settings.listNext === "" ? undefined : toNext(readTextAt(data, settings.listNext), settings),
  }),
});

const toLifetime = ({ lifetimeSeconds }: TemplateSettings): number | undefined => {
  if (lifetimeSeconds === "") return undefined;
  if (/^[1-9]\d{0,8}$/.test(lifetimeSeconds)) return Number(lifetimeSeconds);
  throw invalid("Lifetime (Seconds): enter whole seconds, or nothing.");
};

/** Without a usable id the path would be that of all subscriptions, or of what is above them. */
const withId = (template: string, id: string, input: string): string => {
  if (/^\.{0,2}$/.test(id)) throw invalid("ID Path: what is there is no id of a subscription.");
  return toPath(fillText(template, { id: encodeURIComponent(id) }, input), input);
};

/** A subscription to any HTTP API, described by templates. @throws HooklineError INPUT_INVALID naming the input that does not fit. */
export const toTemplateSubscription = (settings: TemplateSettings): ApiSubscription => {
  const { createMethod, createPath, updateMethod, updatePath, deletePath } = settings;
  const lifetime = toLifetime(settings);
  const withExpiry = (id: string, now: Date): Created => ({
    id,
    ...(lifetime !== undefined && { expiresAt: new Date(now.getTime() + lifetime * 1_000) }),
  });
  if (settings.subscriptions === "each" && settings.listPath !== "" && settings.listEvents === "")
    throw invalid("List Events: tell where an item of the list shows its event.");
  return {
    kind: "api",
    access: toTemplateAccess(settings.headers),
    inputs: templateSettings,
    secret: settings.secretSource,
    plan: () => toPlans(settings),
    ...(settings.listPath !== "" && { list: toListing(settings) }),
    ...(lifetime !== undefined && { lifetimeSeconds: lifetime }),
    create: {
      request: ({ wanted }) => ({
        method: createMethod,
        path: toPath(createPath, "Create Path"),
        body: toBody(settings, wanted) as ApiRequest["body"] & object,
      }),
      read: ({ data }, { now }) => {
        const secret = readTextAt(data, settings.secretPath);
        const isReturned = settings.secretPath !== "" && secret !== "";
        return {
          ...withExpiry(readTextAt(data, settings.idPath), now),
          ...(isReturned && { secret }),
        };
      },
    },
    ...(updatePath !== "" && {
      update: {
        request: ({ id, wanted }) => ({
          method: updateMethod,
          path: withId(updatePath, id, "Update Path"),
          body: toBody(settings, wanted) as ApiRequest["body"] & object,
        }),
        read: (_answer, { id, now }) => withExpiry(id, now),
      },
    }),
    remove: call(({ id }) => ({
      method: "DELETE",
      path: withId(deletePath, id, "Delete Path"),
    })),
  };
};
