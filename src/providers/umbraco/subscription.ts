import { del, get, path, post, put } from "../../http/api-request";
import { call } from "../../subscriptions/call";
import { defineSubscription } from "../../subscriptions/define-subscription";
import { readItems } from "../../subscriptions/read-answer";
import { flag, list, pairs } from "../../subscriptions/setting";
import type { Plan } from "../../subscriptions/subscription-state";
import { API, access, nextSkip, PAGE_SIZE } from "./api";
import { umbracoContentTypes } from "./content-types";
import { type EventKind, eventsAreOffered, toEventKind, umbracoEvents } from "./events";
import { fetchRecord } from "./record";
import { checkContentTypes, checkHeaders, readWebhook, toBody, toDetails } from "./webhook";

const WEBHOOKS = `${API}/webhook`;

/** Only what has a document or media type can be filtered by it. */
const isFiltered = (kind: EventKind): boolean => kind !== "Other" && kind !== "Member";

interface Wishes {
  readonly events: readonly string[];
  readonly contentTypes: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly enabled: boolean;
}

/** Events of different kinds do not belong into one webhook. */
const plan = ({ events, contentTypes, headers, enabled }: Wishes): readonly Plan[] => {
  const names = checkHeaders(headers);
  const types = checkContentTypes(contentTypes);
  return [...new Set(events.map(toEventKind))].map((kind) => ({
    key: kind,
    events: [...new Set(events.filter((alias) => toEventKind(alias) === kind))],
    enabled,
    details: toDetails({ contentTypeKeys: isFiltered(kind) ? types : [], headers: names }),
  }));
};

/**
 * Webhooks of the Management API, Umbraco 14 and newer: https://docs.umbraco.com/umbraco-cms/reference/webhooks.
 * Ids are left to Umbraco: its table does not keep a chosen one unique, so creating twice would make twins.
 */
export const umbracoSubscription = defineSubscription({
  kind: "api",
  access,
  secret: "ours",
  inputs: {
    events: list({
      label: "Events",
      required: true,
      comments: "The aliases of the events to deliver, as the Umbraco site lists them.",
      example: "Umbraco.ContentPublish",
      placeholder: "Choose an event",
      choices: "umbracoEvents",
    }),
    contentTypes: list({
      label: "Content Types",
      comments:
        "Ids of the document and media types whose events to deliver. Every type is delivered when this is empty.",
      example: "55b1cb4e-3c1c-4c8b-9b3a-2f5e0b0f7a11",
      placeholder: "Choose a type",
      choices: "umbracoContentTypes",
    }),
    headers: pairs({
      label: "Headers",
      comments: "Further headers that Umbraco sends with every delivery.",
      example: "X-Source",
      placeholder: "Enter a header",
    }),
    enabled: flag({
      label: "Enabled",
      default: true,
      comments:
        "Whether Umbraco delivers. Switched off, the webhooks stay, and only what was queued before still arrives.",
      example: "true",
    }),
  },
  choices: { umbracoEvents, umbracoContentTypes },
  checks: [eventsAreOffered],
  plan,
  hints: {
    404: "Base URL: no Management API answers there. It has to be the address of an Umbraco site of version 14 or newer.",
  },
  list: {
    request: (_scope, page = "0") => get(WEBHOOKS, { skip: page, take: PAGE_SIZE }),
    read: ({ data }, _scope, page) => {
      const webhooks = readItems(data, "items");
      return { items: webhooks.map(readWebhook), ...nextSkip(webhooks, page) };
    },
  },
  create: {
    request: ({ wanted }) => post(WEBHOOKS, toBody(wanted)),
    read: ({ headers }) => ({
      id: (
        headers.get("umb-generated-resource") ??
        headers.get("location")?.split("/").at(-1) ??
        ""
      ).toLowerCase(),
    }),
  },
  update: {
    request: ({ id, wanted }) => put(`${WEBHOOKS}${path`/${id}`}`, toBody(wanted)),
    read: (_answer, { id }) => ({ id }),
  },
  remove: call(({ id }) => del(`${WEBHOOKS}${path`/${id}`}`)),
  fetchRecord,
});
