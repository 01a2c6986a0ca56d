import type { Challenge } from "../challenges/challenge";
import type { Events } from "../events/event";
import type { InboundRequest } from "../http/inbound-request";
import type { Reply } from "../http/reply";
import type { SignatureScheme } from "../signatures/scheme";
import type { Subscription } from "../subscriptions/subscription";

/** How sure the facts of a provider are: proven with its SDK, read in its docs, or assumed because nothing public says it. */
export type EvidenceKind = "sdk" | "docs" | "assumed";

/** A delivery as the provider sends it, before it is signed. */
export interface Sample {
  /** POST unless the provider does something else. */
  readonly method?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** Text as it is; anything else as JSON. Nothing for a request without a body. */
  readonly body?: unknown;
}

/** One event of a story. */
export interface StoryEvent {
  readonly shows: string;
  /** @param deliveryId Tells the delivery from all others. */
  readonly toSample: (deliveryId: string) => Sample;
}

/** What happens to a few records, for the runner's demo of a queue. */
export interface Story {
  /** By record, each in the order in which it happens. */
  readonly histories: readonly (readonly StoryEvent[])[];
  readonly forgeries: readonly StoryEvent[];
}

/** Everything we know about one webhook provider. */
export interface Provider<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  /** The provider's own page on its deliveries. */
  readonly docs: string;
  readonly evidence: EvidenceKind;
  /** What the builder puts into the Signing Secret connection, and where it is found. */
  readonly secret: string;
  readonly signature: SignatureScheme;
  /** Further, non-secret settings that the builder may give, by name. */
  readonly options?: Readonly<Record<string, string>>;
  /** The values of `options` under which the samples are genuine, where signing or checking one needs them. */
  readonly sampleOptions?: Readonly<Record<string, string>>;
  readonly challenge?: Challenge;
  readonly events: Events;
  /** How we ask it to deliver, where it can be asked. */
  readonly subscription?: Subscription;
  /** The reply the provider insists on, where a bare 2xx of the platform is not enough. */
  readonly acknowledgement?: Reply | ((request: InboundRequest) => Reply);
  /** The reply to a rejected delivery, where the provider tests that forgeries are refused. */
  readonly rejection?: Reply;
  /** What a builder has to know beside all this. */
  readonly notes?: readonly string[];
  /** Deliveries by event type, for the runner and the tests. */
  readonly samples: Readonly<Record<string, Sample>>;
  /** The provider's test of the endpoint, as it sends it. */
  readonly challengeSample?: Sample;
  readonly story?: Story;
}

/** Types a definition without widening its id. */
export const defineProvider = <const Id extends string>(provider: Provider<Id>) => provider;
