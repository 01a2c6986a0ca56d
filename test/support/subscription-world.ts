import { randomBytes } from "node:crypto";
import { HooklineError } from "../../src/errors";
import type { ApiAnswer, ApiClientOptions, ApiRequest } from "../../src/http/api-request";
import type { Provider } from "../../src/providers/provider";
import type { Fields } from "../../src/subscriptions/access";
import { ensureSubscription } from "../../src/subscriptions/ensure-subscription";
import type { SubscriptionHost } from "../../src/subscriptions/host";
import type { Orphan, SubscriptionRecord } from "../../src/subscriptions/record";
import { removeSubscription } from "../../src/subscriptions/remove-subscription";
import type { Settings } from "../../src/subscriptions/setting";
import type { ApiSubscription } from "../../src/subscriptions/subscription";

/** A call as it reaches the provider: what every call carries is merged in. */
export interface ReceivedCall extends ApiRequest {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** A subscription at the provider, in neutral words. */
export interface LiveSubscription {
  readonly id: string;
  readonly endpointUrl: string;
  readonly events: readonly string[];
  readonly enabled?: boolean;
  /** What deliveries are signed with now. */
  readonly secret?: string;
  readonly expiresAt?: Date;
}

/** A provider's API over plain values, with the provider's own paths, bodies and statuses. */
export interface ScriptedApi {
  readonly handle: (call: ReceivedCall, now: Date) => ApiAnswer;
  readonly live: (now: Date) => readonly LiveSubscription[];
  /** Somebody else's subscription to the same events. Returns its id. */
  readonly addStranger: (endpointUrl: string) => string;
  /** As if a person had removed it at the provider. */
  readonly removeByHand: (id: string) => void;
}

/** What goes wrong with a call: before it is performed, or after. */
export type Fault =
  | { readonly kind: "unreachable" }
  | { readonly kind: "answer-lost" }
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: "status-after"; readonly status: number };

export const answer = (
  status: number,
  data: unknown = "",
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer => ({ status, data, headers: new Map(Object.entries(headers)) });

export interface WorldOptions {
  readonly provider: Provider;
  readonly fields: Fields;
  readonly createApi: () => ScriptedApi;
  readonly endpointUrl?: string;
}

export interface DeployOptions {
  readonly endpointUrl?: string;
  /** The run dies after its last call, so its record is lost. */
  readonly crashBeforeSave?: boolean;
}

export const ENDPOINT = "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE==";
const BUDGET_MILLISECONDS = 20_000;

const toQuery = (query: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );

const toReceived = (options: ApiClientOptions, request: ApiRequest): ReceivedCall => ({
  ...request,
  baseUrl: options.baseUrl,
  headers: { ...options.headers, ...request.headers },
  query: toQuery({ ...options.query, ...request.query }),
});

const unreachable = () =>
  new HooklineError("PROVIDER_UNREACHABLE", "The host did not answer.", { retryable: true });

/** One flow of one instance, its provider and a clock that only moves when somebody waits. */
export const createWorld = ({
  provider,
  fields,
  createApi,
  endpointUrl = ENDPOINT,
}: WorldOptions) => {
  const subscription = provider.subscription as ApiSubscription;
  const api = createApi();
  const calls: ReceivedCall[] = [];
  const logged: string[] = [];
  let now = Date.parse("2026-01-01T00:00:00.000Z");
  let record: SubscriptionRecord | undefined;
  let chooseFault: (call: ReceivedCall, index: number) => Fault | undefined = () => undefined;

  const perform = async (call: ReceivedCall): Promise<ApiAnswer> => {
    const fault = chooseFault(call, calls.length);
    calls.push(call);
    now += 50;
    if (fault?.kind === "unreachable") throw unreachable();
    if (fault?.kind === "status") return answer(fault.status, "", fault.headers);
    const given = api.handle(call, new Date(now));
    if (fault?.kind === "answer-lost") throw unreachable();
    return fault?.kind === "status-after" ? answer(fault.status) : given;
  };
  const toHost = (): SubscriptionHost => ({
    connect: (options) => (request) => perform(toReceived(options, request)),
    now: () => new Date(now),
    wait: async (milliseconds) => {
      now += milliseconds;
    },
    makeSecret: () => randomBytes(32).toString("hex"),
    makePass: (mark) => `pass-${mark}-${now}`,
    log: (message) => logged.push(message),
    deadline: new Date(now + BUDGET_MILLISECONDS),
  });
  const toWish = (settings: Settings, url = endpointUrl) => ({
    provider: provider.id,
    settings,
    fields,
    endpointUrl: url,
    owner: "instance-1:flow-1",
  });

  return {
    api,
    calls,
    logged,
    now: () => new Date(now),
    live: () => api.live(new Date(now)),
    record: () => record,
    setRecord: (next: SubscriptionRecord | undefined) => {
      record = next;
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    /** Decides the fate of every call from now on. */
    fail: (choose: typeof chooseFault) => {
      const from = calls.length;
      chooseFault = (call, index) => choose(call, index - from);
    },
    heal: () => {
      chooseFault = () => undefined;
    },
    deploy: async (
      settings: Settings,
      options: DeployOptions = {},
    ): Promise<SubscriptionRecord> => {
      const wish = toWish(settings, options.endpointUrl);
      const next = await ensureSubscription(subscription, wish, record, toHost());
      if (!options.crashBeforeSave) record = JSON.parse(JSON.stringify(next));
      return next;
    },
    remove: async (settings: Settings): Promise<readonly Orphan[]> => {
      const orphans = await removeSubscription(subscription, toWish(settings), record, toHost());
      record = undefined;
      return orphans;
    },
  };
};

export type World = ReturnType<typeof createWorld>;
