import { get, path, post, put } from "../../../src/http/api-request";
import { readPath } from "../../../src/http/json-path";
import { call, type Listing } from "../../../src/subscriptions/call";
import { readDateAt, readItems, readTextAt } from "../../../src/subscriptions/read-answer";
import type {
  CreateInput,
  ExistingInput,
  Found,
  Scope,
  UpdateInput,
  Wanted,
} from "../../../src/subscriptions/subscription-state";

/** How the shapes' providers speak with their APIs. */
export const hooksAt = ({ place = "" }: Scope): string => path`/places/${place}/hooks`;
export const hookAt = ({ id, scope }: ExistingInput): string => `${hooksAt(scope)}${path`/${id}`}`;

export const toBody = ({ endpointUrl, events, enabled, details, secret }: Wanted) => ({
  url: endpointUrl,
  events,
  enabled,
  filter: details.filter,
  ...(secret !== "" && { secret }),
});

export const createHook = ({ wanted, scope }: CreateInput) => post(hooksAt(scope), toBody(wanted));
export const updateHook = (input: UpdateInput) => put(hookAt(input), toBody(input.wanted));
export const renewHook = (input: ExistingInput) => post(`${hookAt(input)}/renewal`, {});
export const removeHook = call((input: ExistingInput) => ({
  method: "DELETE",
  path: hookAt(input),
}));

export const readCreated = ({ data }: { readonly data: unknown }) => {
  const secret = readTextAt(data, "secret");
  const expiresAt = readDateAt(data, "expiresAt");
  return {
    id: readTextAt(data, "id"),
    ...(secret !== "" && { secret }),
    ...(expiresAt && { expiresAt }),
  };
};

export const readFound = (item: unknown): Found => {
  const expiresAt = readDateAt(item, "expiresAt");
  return {
    id: readTextAt(item, "id"),
    key: "hook",
    endpointUrl: readTextAt(item, "url"),
    events: readItems(item, "events").map(String),
    enabled: readPath(item, "enabled") === true,
    details: { filter: readTextAt(item, "filter") },
    ...(expiresAt && { expiresAt }),
  };
};

/** For APIs with one subscription a topic. */
export const readTopic = (item: unknown): Found => {
  const found = readFound(item);
  return { ...found, key: found.events?.[0] ?? "" };
};

/** A list whose answer says what the next page is asked by. */
export const listHooks = (read: (item: unknown) => Found): Listing<Scope, Found> => ({
  request: (scope, page) => get(hooksAt(scope), { after: page }),
  read: ({ data }) => {
    const next = readTextAt(data, "next");
    return { items: readItems(data, "hooks").map(read), ...(next !== "" && { next }) };
  },
});
