import { HooklineError } from "../../errors";
import { get } from "../../http/api-request";
import type { Listing } from "../../subscriptions/call";
import { readItems, readTextAt } from "../../subscriptions/read-answer";
import type { Settings } from "../../subscriptions/setting";
import type { Check, Choices } from "../../subscriptions/subscription";
import { API, nextSkip, PAGE_SIZE } from "./api";

const KINDS = ["Content", "Media", "Member", "Element"] as const;
export type EventKind = (typeof KINDS)[number] | "Other";

/** `mediaTypeSaved` is about a type, which is of the kind Other like everything else without a kind of its own. */
export const toEventKind = (alias: string): EventKind =>
  KINDS.find((kind) => new RegExp(`^(?:umbraco\\.)?${kind}(?!type)`, "i").test(alias)) ?? "Other";

const listEvents = <Item>(toItem: (event: unknown) => Item): Listing<unknown, Item> => ({
  request: (_input, page = "0") => get(`${API}/webhook/events`, { skip: page, take: PAGE_SIZE }),
  read: ({ data }, _input, page) => {
    const events = readItems(data, "items");
    return { items: events.map(toItem), ...nextSkip(events, page) };
  },
});

export const umbracoEvents: Choices = {
  label: "Umbraco CMS Events",
  description: "The events that the Umbraco site offers to webhooks",
  listing: listEvents((event) => ({
    key: readTextAt(event, "alias"),
    label: `${readTextAt(event, "eventName")} (${readTextAt(event, "eventType")})`,
  })),
  example: { key: "Umbraco.ContentPublish", label: "Content Published (Content)" },
};

const SHOWN = 20;

const describeOffer = (offered: readonly string[]): string =>
  offered.slice(0, SHOWN).join(", ") + (offered.length > SHOWN ? " and others" : "");

const checkEvents = (offered: readonly string[], { events = [] }: Settings): void => {
  const unknown = (events as readonly string[]).find((alias) => !offered.includes(alias));
  if (unknown === undefined) return;
  const similar = offered.find((alias) => alias.toLowerCase() === unknown.toLowerCase());
  throw new HooklineError(
    "INPUT_INVALID",
    similar
      ? `Events: "${unknown}" is spelled "${similar}" at this Umbraco site.`
      : `Events: this Umbraco site offers no event "${unknown}", and would accept it and never fire. It offers ${describeOffer(offered)}. A developer can add others to the site in code (builder.WebhookEvents()).`,
  );
};

/** An alias that no event has is accepted by the API, which files it under Other and never fires it. */
export const eventsAreOffered: Check = {
  listing: listEvents((event) => readTextAt(event, "alias")),
  verify: checkEvents,
};
