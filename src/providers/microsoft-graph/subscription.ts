import { HooklineError } from "../../errors";
import { type ApiAnswer, del, get, patch, path, post } from "../../http/api-request";
import { call } from "../../subscriptions/call";
import { defineSubscription } from "../../subscriptions/define-subscription";
import { readDateAt, readItems, readTextAt } from "../../subscriptions/read-answer";
import { list, text } from "../../subscriptions/setting";
import type { Created, CreateInput, Found } from "../../subscriptions/subscription-state";
import { microsoftGraphAccess } from "./access";
import { toLifetimeMinutes } from "./lifetime";

const SUBSCRIPTIONS = "/v1.0/subscriptions";
const CHANGES = ["created", "updated", "deleted"];
const SHORTEST_MINUTES = 45;
const LONGEST_MINUTES = 43_200;

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

/** Paths are not case-sensitive, and may start with a slash. */
const toKey = (resource: string): string => resource.trim().replace(/^\/+/, "").toLowerCase();

const toChanges = (changeTypes: readonly string[]): readonly string[] => {
  const changes = changeTypes.map((change) => change.trim().toLowerCase());
  if (changes.length > 0 && changes.every((change) => CHANGES.includes(change))) return changes;
  throw invalid("Change Types: enter at least one of created, updated and deleted.");
};

const toMinutes = (chosen: string, resource: string): number => {
  if (chosen === "") return toLifetimeMinutes(toKey(resource));
  const minutes = /^\d+$/.test(chosen) ? Number(chosen) : 0;
  if (minutes >= SHORTEST_MINUTES && minutes <= LONGEST_MINUTES) return minutes;
  throw invalid(
    `Lifetime Minutes: enter a whole number from ${SHORTEST_MINUTES} to ${LONGEST_MINUTES}, or nothing for as long as Graph allows.`,
  );
};

const toExpiry = ({ wanted, now }: CreateInput): string =>
  new Date(now.getTime() + wanted.lifetimeSeconds * 1_000).toISOString();

const readExpiry = (subscription: unknown): Pick<Found, "expiresAt"> => {
  const expiresAt = readDateAt(subscription, "expirationDateTime");
  return expiresAt ? { expiresAt } : {};
};

/** The client state is never listed; how long it was asked to live is not either, and counts with the next renewal. */
const readSubscription = (subscription: unknown): Found => ({
  id: readTextAt(subscription, "id"),
  key: toKey(readTextAt(subscription, "resource")),
  endpointUrl: readTextAt(subscription, "notificationUrl"),
  events: readTextAt(subscription, "changeType").split(","),
  details: {},
  ...readExpiry(subscription),
});

const NEXT = "@odata.nextLink";

/** The query of the next page's address. */
const readNext = (data: unknown): string | undefined => {
  const link = typeof data === "object" && data !== null && NEXT in data ? data[NEXT] : "";
  return URL.canParse(String(link)) ? new URL(String(link)).search : undefined;
};

const readMade = ({ data }: ApiAnswer): Created => ({
  id: readTextAt(data, "id"),
  ...readExpiry(data),
});

/**
 * https://learn.microsoft.com/en-us/graph/api/resources/subscription and
 * https://learn.microsoft.com/en-us/graph/change-notifications-lifecycle-events
 *
 * The client state, the address for lifecycle notifications and the change types stay as they were made, so
 * whatever changes is replaced. Graph allows no second subscription for the same resource and change types
 * (409), so the old one goes first then. That it lists a resource as it was given, but for case and the
 * slash in front, is assumed.
 */
export const microsoftGraphSubscription = defineSubscription({
  kind: "api",
  access: microsoftGraphAccess,
  secret: "ours",
  inputs: {
    resources: list({
      label: "Resources",
      required: true,
      comments: "The paths of the resources to watch, without the address of the API.",
      example: "users/ddfcd489-628b-7d04-b48b-20075df800e5/messages",
      placeholder: "Enter the path of a resource",
    }),
    changeTypes: list({
      label: "Change Types",
      required: true,
      comments:
        "What to deliver: created, updated and deleted, as far as the resource supports them.",
      example: "created",
      placeholder: "Enter created, updated or deleted",
    }),
    lifetimeMinutes: text({
      label: "Lifetime Minutes",
      comments:
        "How long a subscription lives unless it is renewed, in minutes. When this is empty it lives as long as Graph allows for its resource.",
      example: "1440",
      placeholder: "Enter a number of minutes",
    }),
  },
  plan: ({ resources, changeTypes, lifetimeMinutes }) =>
    resources.map((resource) => ({
      key: toKey(resource),
      events: toChanges(changeTypes),
      details: { resource: resource.trim() },
      lifetimeSeconds: toMinutes(lifetimeMinutes, resource) * 60,
    })),
  hints: {
    400: "Resources, Change Types, Lifetime Minutes: Graph refuses this subscription. Mostly the resource does not exist or does not support these changes, or the flow's webhook URL did not answer Graph's validation request.",
    409: "Resources: Graph lets an application watch a resource for the same changes only once. Choose other change types, or use another application.",
  },
  list: {
    request: (_scope, page = "") =>
      get(SUBSCRIPTIONS, Object.fromEntries(new URLSearchParams(page))),
    read: ({ data }) => ({
      items: readItems(data, "value").map(readSubscription),
      next: readNext(data),
    }),
  },
  create: {
    request: (input) =>
      post(SUBSCRIPTIONS, {
        changeType: [...input.wanted.events].sort().join(","),
        notificationUrl: input.wanted.endpointUrl,
        lifecycleNotificationUrl: input.wanted.endpointUrl,
        resource: input.wanted.details.resource,
        expirationDateTime: toExpiry(input),
        clientState: input.wanted.secret,
      }),
    read: readMade,
  },
  renew: {
    request: (input) =>
      patch(`${SUBSCRIPTIONS}${path`/${input.id}`}`, { expirationDateTime: toExpiry(input) }),
    read: ({ data }, { id }) => ({ id, ...readExpiry(data) }),
  },
  lifetimeSeconds: "planned",
  remove: call(({ id }) => del(`${SUBSCRIPTIONS}${path`/${id}`}`)),
});
