import { HooklineError } from "../../errors";
import { isHeaderName, withLowerCaseNames } from "../../http/header-names";
import { readPath } from "../../http/json-path";
import { readItems, readTextAt } from "../../subscriptions/read-answer";
import type { Details, Found, Wanted } from "../../subscriptions/subscription-state";
import { toEventKind } from "./events";

const SECRET_HEADER = "X-Webhook-Secret";
const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

type Headers = Readonly<Record<string, string>>;

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

/** Umbraco sets these itself, or adds them to a place where .NET refuses them: then no delivery leaves. */
const RESERVED =
  /^(?:x-webhook-secret|umb-webhook-.*|content-.*|allow|expires|last-modified|host|transfer-encoding)$/;

const checkHeader = (name: string, value: string): void => {
  if (!isHeaderName(name))
    throw invalid(`Headers: "${name}" is not a header name. Use letters, digits and hyphens.`);
  if (RESERVED.test(name.toLowerCase()))
    throw invalid(`Headers: "${name}" cannot be chosen, because it is set already. Remove it.`);
  if (/[^\t\x20-\x7e]/.test(value))
    throw invalid(`Headers: the value of "${name}" has a character that no header can carry.`);
};

/** Header names in lower case. @throws HooklineError INPUT_INVALID for one that Umbraco could not send. */
export const checkHeaders = (headers: Headers): Headers => {
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value);
  return withLowerCaseNames(headers);
};

const toSortedIds = (ids: readonly string[]): readonly string[] =>
  [...new Set(ids.map((id) => id.toLowerCase()))].sort();

/** @throws HooklineError INPUT_INVALID for what is no id. */
export const checkContentTypes = (ids: readonly string[]): readonly string[] => {
  const wrong = ids.find((id) => !GUID.test(id));
  if (wrong === undefined) return toSortedIds(ids);
  throw invalid(
    `Content Types: "${wrong}" is not the id of a type. Enter ids such as 55b1cb4e-3c1c-4c8b-9b3a-2f5e0b0f7a11, not names or aliases.`,
  );
};

interface WebhookDetails {
  readonly contentTypeKeys: readonly string[];
  readonly headers: Headers;
}

export const toDetails = (details: WebhookDetails): Details => ({ ...details });

/** What create and update send. An update replaces everything, so both send everything; versions without `name` pass over it. */
export const toBody = ({ key, endpointUrl, events, enabled, details, secret }: Wanted) => {
  const { contentTypeKeys, headers } = details as unknown as WebhookDetails;
  return {
    name: `Hookline: ${key} events`,
    url: endpointUrl,
    enabled,
    events,
    contentTypeKeys,
    headers: { ...headers, [SECRET_HEADER]: secret },
  };
};

const readHeaders = (webhook: unknown): Headers => {
  const headers = readPath(webhook, "headers");
  return typeof headers === "object" && headers !== null
    ? withLowerCaseNames(headers as Headers)
    : {};
};

/** A webhook without our header delivers what cannot be verified: an empty secret differs from every wanted one. */
export const readWebhook = (webhook: unknown): Found => {
  const events = readItems(webhook, "events").map((event) => readTextAt(event, "alias"));
  const { [SECRET_HEADER.toLowerCase()]: secret = "", ...headers } = readHeaders(webhook);
  const contentTypeKeys = toSortedIds(readItems(webhook, "contentTypeKeys").map(String));
  return {
    id: readTextAt(webhook, "id"),
    key: toEventKind(events[0] ?? ""),
    endpointUrl: readTextAt(webhook, "url"),
    events,
    enabled: readPath(webhook, "enabled") === true,
    details: toDetails({ contentTypeKeys, headers }),
    secret,
  };
};
