import type { Fields } from "../connections/connection";
import type { ApiAnswer } from "../http/api-request";
import type { Access } from "./access";
import type { Call, Listing } from "./call";
import type { SettingInputs, Settings } from "./setting";
import type {
  Created,
  CreateInput,
  ExistingInput,
  Found,
  Plan,
  Scope,
  UpdateInput,
} from "./subscription-state";

/** Something to pick from while an input is filled in; becomes a data source under its key. */
export interface Choices {
  readonly label: string;
  readonly description: string;
  readonly inputs?: SettingInputs;
  readonly listing: Listing<Settings, { readonly key: string; readonly label: string }>;
  readonly example: { readonly key: string; readonly label: string };
}

/** A look at the provider before anything is created or changed. */
export interface Check {
  readonly listing: Listing<{ readonly settings: Settings; readonly scope: Scope }, string>;
  /** @throws HooklineError INPUT_INVALID naming the input that is wrong. */
  readonly verify: (items: readonly string[], settings: Settings) => void;
}

/** The whole record behind a delivery that carries only an id. */
export interface RecordFetch {
  /** Where records are read, if not from the API that manages subscriptions. */
  readonly access?: Access;
  /** Nothing where this delivery has no record to fetch. */
  readonly request: (
    event: { readonly type: string; readonly orderingKey: string | null; readonly data: unknown },
    fields: Fields,
  ) => Call<undefined, unknown> | undefined;
}

/** What every provider that can be subscribed to tells. */
interface Common {
  readonly access: Access;
  /** The trigger's inputs beside its connection. */
  readonly inputs: SettingInputs;
  /** By the key of the data source. */
  readonly choices?: Readonly<Record<string, Choices>>;
  /** Done before something is created or changed, not when all is as wanted. */
  readonly checks?: readonly Check[];
  /** What a status means here and which input to look at: `{ 404: "Repository: …" }`. */
  readonly hints?: Readonly<Record<number, string>>;
  /** What the settings ask for. @throws HooklineError INPUT_INVALID naming the input that is wrong. */
  readonly plan: (settings: Settings) => readonly Plan[];
  /** Whether nothing is to be live under these settings, at a provider that has no switch to silence a subscription. */
  readonly isPaused?: (settings: Settings) => boolean;
  readonly scope?: (settings: Settings) => Scope;
  /** CIDR ranges that deliveries have to come from under these settings; none for no check. */
  readonly allowedSources?: (settings: Settings) => readonly string[];
  readonly fetchRecord?: RecordFetch;
}

/** A provider whose API manages subscriptions. */
export interface ApiSubscription extends Common {
  readonly kind: "api";
  /**
   * Who makes the signing secret: `ours` we, before the call; `returned` the provider, in its answer to
   * create and never again; `connection` neither, it belongs to the app and is the connection's `signingSecret`.
   */
  readonly secret: "ours" | "returned" | "connection";
  /** What the provider is given as endpoint, where more than our mark goes into the URL. */
  readonly endpoint?: (url: URL, secret: string) => void;
  /** The provider hands the secret over in a handshake while it answers create, so the URL carries a pass for it. */
  readonly handshake?: true;
  /** Lists at least our subscriptions in the scope, and none of ours in another; absent where the API cannot. */
  readonly list?: Listing<Scope, Found>;
  readonly create: Call<CreateInput, Created>;
  /** Brings an existing one into the wanted state, secret and endpoint included. Absent: it is replaced. */
  readonly update?: Call<UpdateInput, Created>;
  /** Update cannot change where a subscription delivers to: it is replaced then. */
  readonly keepsEndpoint?: true;
  readonly remove: Call<ExistingInput>;
  /** For subscriptions that expire; absent: `update` prolongs them, or they are replaced. */
  readonly renew?: Call<UpdateInput, Created>;
  /** How long a subscription lives after create or renew, where it expires. */
  readonly lifetimeSeconds?: number | "planned";
  /** The provider refuses a second subscription for the same key and endpoint, so a replacement has to wait for the removal. */
  readonly isUnique?: true;
  /** A refusal of create that means: there is one already. Where absent: 409, or a 400 or 422 whose text says so. */
  readonly isConflict?: (answer: ApiAnswer) => boolean;
}

/** A provider whose subscriptions a person makes by hand. */
export interface ManualSubscription extends Common {
  readonly kind: "manual";
  /** The field of the connection that holds the signing secret, and the one that is being replaced. */
  readonly secretFields: readonly string[];
  /** Where in the provider's own pages its webhooks are: `Settings > Webhooks`. */
  readonly place: string;
  /** What to type in and where, one line each, without any secret. */
  readonly instructions: (input: {
    readonly settings: Settings;
    readonly endpointUrl: string;
  }) => readonly string[];
}

export type Subscription = ApiSubscription | ManualSubscription;
