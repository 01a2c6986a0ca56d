/** One call of a stand-in's API. */
export interface StandInRequest {
  /** Upper case. */
  readonly method: string;
  /** Of the whole URL, still encoded: `/app/api/v1/webhooks/My%20Webhook`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Parsed where it is JSON, else its text; empty text without a body. */
  readonly body: unknown;
}

export interface StandInAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON; nothing for an empty answer. */
  readonly body?: unknown;
}

/** One webhook on its way to a subscription. */
export interface StandInDelivery {
  readonly subscriptionId: string;
  /** The event type, as `StandInApp.fire` was given it. */
  readonly event: string;
  readonly url: string;
  /** All that the source system sends, content type and the builder's own headers included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface StandInAttempt {
  /** ISO 8601. */
  readonly at: string;
  /** Nothing where no HTTP answer came. */
  readonly status?: number;
  /** The answer's body, shortened to 2,000 characters. */
  readonly answer?: string;
  /** What went wrong below HTTP. */
  readonly failure?: string;
}

/** `skipped`: the subscription is gone, or its URL leads off this machine. */
export type StandInOutcome = "underway" | "delivered" | "failed" | "skipped";

/** What became of one delivery. */
export interface StandInReport {
  readonly id: string;
  readonly delivery: StandInDelivery;
  readonly attempts: readonly StandInAttempt[];
  readonly outcome: StandInOutcome;
}

/** A subscription that the stand-in holds, in neutral words. */
export interface StandInSubscription {
  readonly id: string;
  readonly endpointUrl: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
  /** What its deliveries prove their origin with, where the stand-in can tell. */
  readonly secret?: string;
}

/** What a person types in at the source system's own pages. */
export interface HandMade {
  readonly endpointUrl: string;
  readonly events: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly enabled?: boolean;
}

/** What an app may ask of the server around it. */
export interface StandInWorld {
  readonly now: () => Date;
  /** A new UUID. */
  readonly newId: () => string;
  /** For API calls that cause events: all subscriptions to it are delivered to. */
  readonly fire: (event: string, payload?: unknown) => void;
  /** Sends one delivery, such as one that the API was asked to send again. */
  readonly deliver: (delivery: StandInDelivery) => void;
}

/** A source system in memory: no sockets, no clock of its own. */
export interface StandInApp {
  readonly handle: (request: StandInRequest) => StandInAnswer;
  /** Every event type that can be fired, with an example payload in the source system's own shape. */
  readonly events: Readonly<Record<string, unknown>>;
  /** The deliveries that an event causes; nobody subscribed, none. A payload that is text is sent as it is. */
  readonly fire: (event: string, payload: unknown) => readonly StandInDelivery[];
  readonly subscriptions: () => readonly StandInSubscription[];
  /** As a person does it at the source system's own pages. Returns the id. */
  readonly addByHand: (made: HandMade) => string;
  readonly removeByHand: (id: string) => void;
  /** Told after every attempt, for systems that keep a log of it. */
  readonly onReport?: (report: StandInReport) => void;
}

/** How the source system delivers. Success is a status of 200 to 299; redirects are not followed. */
export interface StandInRetries {
  /** The first one included; 1 for a system that tries once. */
  readonly maximumAttempts: number;
  readonly pauseMilliseconds: number;
  readonly timeoutMilliseconds: number;
  /** Deliveries to the same URL do not wait for one another. */
  readonly isConcurrent?: true;
  /** Headers that tell attempts apart, `count` from 1. */
  readonly headers?: (count: number, now: Date) => Readonly<Record<string, string>>;
}

/**
 * A local server that behaves like a source system: it serves the system's API and delivers webhooks to
 * whoever subscribed through it. A stand-in itself is data with function slots; `startStandIn` puts it on
 * a socket, and in-memory tests call `create(world).handle(request)` directly.
 */
export interface StandIn {
  /** As `hookline stand-in <name>` takes it. */
  readonly name: string;
  readonly title: string;
  /** The fields of a connection that reaches a stand-in at this URL (no slash at its end). */
  readonly connection: (url: string) => Readonly<Record<string, string>>;
  /** What a person types in beside URL and events, where deliveries prove their origin with it. */
  readonly headersByHand?: Readonly<Record<string, string>>;
  readonly retries: StandInRetries;
  readonly create: (world: StandInWorld) => StandInApp;
}

/** What the stand-in does wrong, and how badly. */
export interface Faults {
  /** Every API call answers this status and does nothing; 0 for none. */
  readonly apiStatus: number;
  /** Goes with `apiStatus`; 0 for no Retry-After. */
  readonly retryAfterSeconds: number;
  /** API calls are performed, and the connection is dropped instead of answered. */
  readonly losesAnswers: boolean;
  /** The API answers so much later. */
  readonly slowMilliseconds: number;
  /** Every delivery is made twice. */
  readonly duplicates: boolean;
  /** The deliveries of one burst are made in the opposite order. */
  readonly reorders: boolean;
  /** After a failure, everything for the same URL waits for the pause between two attempts. */
  readonly pauses: boolean;
  /** Every attempt to deliver starts so much later. */
  readonly lateMilliseconds: number;
}
