import type { InboundRequest } from "../http/inbound-request";

/** Something that happened at the provider. */
export interface WebhookEvent {
  /** Stable over redeliveries. */
  readonly id: string;
  /** In the provider's own spelling; `unknown` where it cannot be told. */
  readonly type: string;
  /** Events that share one belong to one entity and want to be handled in order. */
  readonly orderingKey: string | null;
  readonly data: unknown;
}

/** The event of a verified delivery that cannot be told. */
export const unknownEvent = (id: string, data: unknown): WebhookEvent => ({
  id,
  type: "unknown",
  orderingKey: null,
  data,
});

export interface EventSource {
  readonly request: InboundRequest;
  /** The body as it was read: an object for JSON, forms and XML, text or bytes otherwise. */
  readonly data: unknown;
  /** SHA-256 of the exact bytes, hex. */
  readonly bodyHash: string;
}

/** How a verified body becomes events. Surprises give an event of type `unknown`, never an error. */
export interface Events {
  readonly read: (source: EventSource) => readonly WebhookEvent[];
  /** Where id, type and ordering key come from, for people. */
  readonly description: {
    readonly id: string;
    readonly type: string;
    readonly orderingKey: string;
  };
}
