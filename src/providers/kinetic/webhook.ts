import { type ApiAnswer, path } from "../../http/api-request";
import { readPath } from "../../http/json-path";
import { readTextAt } from "../../subscriptions/read-answer";
import type { Found, Scope, Wanted } from "../../subscriptions/subscription-state";
import { notASpace } from "./access";
import { toEvent, toEventText } from "./events";

const TOKEN = "token";
const NAME = /^hookline-[0-9a-f]{16}-(.+)$/;

/** A webhook is identified by its name in its space or kapp: one name for each event of a flow, the same on every deploy. */
export const toName = ({ mark, key }: Wanted): string =>
  `hookline-${mark}-${key.replaceAll(" ", "-")}`;

/** What a subscription is called in messages, and in its name: "Submission Submitted". */
export const toKey = (event: string): string => event.replaceAll(/[^A-Za-z0-9]+/g, " ").trim();

/** One that somebody renamed keeps our mark in its URL, and stands for no event of ours. */
const readKey = (name: string): string =>
  NAME.exec(name)?.[1]?.replaceAll("-", " ") ?? `webhook ${name}`;

export const webhooksOf = ({ kapp }: Scope): string =>
  kapp === undefined ? "/webhooks" : path`/kapps/${kapp}/webhooks`;

export const toWebhook = ({ events: [event = ""], details, endpointUrl }: Wanted) => ({
  ...toEvent(event),
  filter: details.filter,
  url: endpointUrl,
});

/** The secret travels in the URL, because the platform sends no headers of ours and signs nothing. */
export const putToken = (url: URL, secret: string): void => url.searchParams.set(TOKEN, secret);

const readToken = (url: string): string =>
  URL.canParse(url) ? (new URL(url).searchParams.get(TOKEN) ?? "") : "";

const readWebhook = (webhook: unknown): Found => {
  const id = readTextAt(webhook, "name");
  const endpointUrl = readTextAt(webhook, "url");
  return {
    id,
    key: readKey(id),
    endpointUrl,
    events: [
      toEventText({ type: readTextAt(webhook, "type"), event: readTextAt(webhook, "event") }),
    ],
    details: { filter: readTextAt(webhook, "filter") },
    secret: readToken(endpointUrl),
  };
};

export const readWebhooks = ({ data }: ApiAnswer): readonly Found[] => {
  const webhooks = readPath(data, "webhooks");
  if (Array.isArray(webhooks)) return webhooks.map(readWebhook);
  throw notASpace("webhooks");
};

/** The name in the answer to a call about one webhook; some versions wrap it, some do not. */
export const readName = (data: unknown): string =>
  readTextAt(readPath(data, "webhook") ?? data, "name");
