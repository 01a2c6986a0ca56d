/** Where in the provider a subscription lives, as far as calls need it: `{ owner, repository }`. Kept in the record, so that a later delete finds what was created. */
export type Scope = Readonly<Record<string, string>>;

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
/** Further properties by the provider's own names. */
export type Details = Readonly<Record<string, Json>>;

/** One subscription that a flow's settings ask for. */
export interface Plan {
  /** Tells the flow's subscriptions apart: the topic where there is one for each, else any constant. */
  readonly key: string;
  readonly events: readonly string[];
  /** True where the provider has no such switch. */
  readonly enabled?: boolean;
  /** Compared with what the listing shows under the same names. */
  readonly details?: Details;
  /** How long it is to live, where what it is for decides that. A change counts from the next renewal. */
  readonly lifetimeSeconds?: number;
}

/** A plan with everything that a call needs. */
export interface Wanted extends Required<Plan> {
  /** The flow's URL with our mark in its query. */
  readonly endpointUrl: string;
  /** Short text that tells this flow's subscriptions from everybody else's; it is in `endpointUrl` already. */
  readonly mark: string;
  /** 64 hex characters where the secret is ours to make, else empty. */
  readonly secret: string;
}

/** A subscription as the provider lists it. What its listing does not show is left out. */
export interface Found {
  readonly id: string;
  /** As for `Plan`. */
  readonly key: string;
  readonly endpointUrl: string;
  /** Where the provider shows our mark elsewhere than in the URL's query. */
  readonly mark?: string;
  readonly events?: readonly string[];
  readonly enabled?: boolean;
  readonly details?: Details;
  readonly secret?: string;
  readonly expiresAt?: Date;
}

/** What is known of a subscription that was just made, changed or renewed. */
export interface Created {
  readonly id: string;
  /** The signing secret, where the provider made it. */
  readonly secret?: string;
  readonly expiresAt?: Date;
}

export interface CreateInput {
  readonly wanted: Wanted;
  readonly scope: Scope;
  readonly now: Date;
}

export interface ExistingInput {
  readonly id: string;
  readonly scope: Scope;
}

export type UpdateInput = CreateInput & ExistingInput;
