import type { ApiAnswer } from "../../src/http/api-request";
import { readPath } from "../../src/http/json-path";
import { umbraco } from "../../src/providers/umbraco";
import { umbraco as standIn } from "../../src/stand-ins/umbraco";
import { connectApi } from "../../src/subscriptions/connect";
import { readListing } from "../../src/subscriptions/read-listing";
import type { ApiSubscription } from "../../src/subscriptions/subscription";
import { createStandInApi, STAND_IN_URL } from "../support/stand-in-api";
import { createWorld, type ReceivedCall, type ScriptedApi } from "../support/subscription-world";

export const API = "/umbraco/management/api/v1";
export const PUBLISH = "Umbraco.ContentPublish";
export const DELETE = "Umbraco.ContentDelete";
export const MEDIA_SAVE = "Umbraco.MediaSave";
export const ARTICLE_TYPE = "55b1cb4e-3c1c-4c8b-9b3a-2f5e0b0f7a11";
export const HOME_TYPE = "3b5d3a52-7e0b-4a57-9d5b-0f6a0d1b8c11";

export const settings = {
  events: [PUBLISH, DELETE],
  contentTypes: [] as readonly string[],
  headers: {} as Readonly<Record<string, string>>,
  enabled: true,
};

export const subscription = umbraco.subscription as ApiSubscription;
export const credentials = standIn.connection(STAND_IN_URL);

export const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "no failure",
    (error: Error) => error.message,
  );

/** The site's API as data sources and actions reach it, at a time of the test's choice. */
export const connect = (fields: Readonly<Record<string, string>> = credentials) => {
  const api = createStandInApi(standIn);
  const calls: ReceivedCall[] = [];
  let now = new Date(0);
  const { send, baseUrl } = connectApi(
    subscription.access,
    fields,
    (options) => async (request) => {
      const headers = { ...options.headers, ...request.headers };
      const query = Object.fromEntries(
        Object.entries({ ...request.query }).map(([name, value]) => [name, String(value)]),
      );
      const call = { ...request, baseUrl: options.baseUrl, headers, query };
      calls.push(call);
      return api.handle(call, now);
    },
  );
  return {
    ...{ app: api.app, calls, send, baseUrl },
    at: (seconds: number) => {
      now = new Date(seconds * 1_000);
    },
    choose: (key: string) => {
      const listing = subscription.choices?.[key]?.listing;
      if (!listing) throw new Error(`There are no choices ${key}.`);
      return readListing(send, { listing, input: {}, what: key, secrets: [] });
    },
  };
};

/** One flow and an Umbraco site, whose answers a proxy on the way may change. */
export const createSiteWorld = ({
  change = (answer) => answer,
  fields = credentials,
}: {
  readonly change?: (answer: ApiAnswer, call: ReceivedCall) => ApiAnswer;
  readonly fields?: Readonly<Record<string, string>>;
} = {}) => {
  const api = createStandInApi(standIn);
  const proxied: ScriptedApi = {
    ...api,
    handle: (call, now) => change(api.handle(call, now), call),
  };
  const world = createWorld({ provider: umbraco, fields, createApi: () => proxied });

  const sent = (method: string, suffix = "/webhook") =>
    world.calls.filter((call) => call.method === method && call.path.includes(suffix));
  return {
    ...world,
    app: api.app,
    sent,
    /** What was sent as JSON in the bodies of these calls. */
    bodies: (method: string) => sent(method).map(({ body }) => readPath(body, "json")),
    /** As a person does it in the backoffice: every webhook of the site goes through the change. */
    editByHand: (edit: (webhook: Record<string, unknown>) => Record<string, unknown>) => {
      const ask = (method: ReceivedCall["method"], path: string, more: Partial<ReceivedCall>) =>
        api.handle(
          { method, path, baseUrl: STAND_IN_URL, headers: {}, query: {}, ...more },
          world.now(),
        ).data;
      const form = Object.entries({
        grant_type: "client_credentials",
        client_id: fields.clientId ?? "",
        client_secret: fields.clientSecret ?? "",
      });
      const login = ask("POST", `${API}/security/back-office/token`, { body: { form } });
      const headers = { authorization: `Bearer ${readPath(login, "access_token")}` };
      const listed = readPath(ask("GET", `${API}/webhook`, { headers }), "items");
      for (const webhook of listed as readonly Record<string, unknown>[]) {
        const events = webhook.events as readonly { alias: string }[];
        const json = edit({ ...webhook, events: events.map(({ alias }) => alias) });
        ask("PUT", `${API}/webhook/${webhook.id}`, { headers, body: { json } });
      }
    },
  };
};
