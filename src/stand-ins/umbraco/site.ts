import { EVENTS, HOME, type Item, LOGO } from "./catalogue";

export interface Webhook {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly url: string;
  readonly enabled: boolean;
  readonly events: readonly string[];
  readonly contentTypeKeys: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/** An attempt to deliver, as the site notes it; spelled as in the API. */
export interface WebhookLog {
  readonly key: string;
  readonly webhookKey: string;
  readonly statusCode: string;
  readonly isSuccessStatusCode: boolean;
  readonly date: string;
  readonly eventAlias: string;
  readonly url: string;
  readonly retryCount: number;
  readonly requestHeaders: string;
  readonly requestBody: string;
  readonly responseHeaders: string;
  readonly responseBody: string;
  readonly exceptionOccured: boolean;
}

/** Everything that the site knows. */
export interface Site {
  readonly webhooks: Map<string, Webhook>;
  /** Oldest first. */
  readonly logs: WebhookLog[];
  readonly items: readonly Item[];
  /** Ids of the items that are deleted. */
  readonly deleted: Set<string>;
  /** When each token runs out, in milliseconds since 1970. */
  readonly tokens: Map<string, number>;
}

export const createSite = (): Site => ({
  webhooks: new Map(),
  logs: [],
  items: [HOME, LOGO],
  deleted: new Set(),
  tokens: new Map(),
});

/** An alias that no event has is taken as it comes, and filed under Other. */
export const toEvent = (alias: string) => {
  const known = EVENTS.find((event) => event.alias === alias);
  return {
    eventName: known?.eventName ?? alias,
    eventType: known?.eventType ?? "Other",
    alias,
  };
};
