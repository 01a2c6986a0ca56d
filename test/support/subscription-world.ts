import { randomBytes } from "node:crypto";
import type { Fields } from "../../src/connections/connection";
import { HooklineError } from "../../src/errors";
import type { ApiAnswer, ApiClientOptions, ApiRequest } from "../../src/http/api-request";
import type { Provider } from "../../src/providers/provider";
import { ensureSubscription } from "../../src/subscriptions/ensure-subscription";
import type { SubscriptionHost } from "../../src/subscriptions/host";
import type { Orphan, SubscriptionRecord } from "../../src/subscriptions/record";
import { removeSubscription } from "../../src/subscriptions/remove-subscription";
import type { Settings } from "../../src/subscriptions/setting";
import type { ApiSubscription } from "../../src/subscriptions/subscription";
import { createVirtualClock } from "./virtual-clock";

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
  | { readonly kind: "status-after"; readonly status: number }
  /** Slower than anybody waits for: performed in the end, or not. */
  | { readonly kind: "slow"; readonly milliseconds: number; readonly isPerformed: boolean }
  /** Refused with a message that repeats what was sent. */
  | { readonly kind: "echo"; readonly status: number }
  /** The page before comes once more. */
  | { readonly kind: "repeated-page" }
  /** Our own run dies: nothing of it happens any more, not even what it does about failures. */
  | { readonly kind: "crash"; readonly isPerformed: boolean };

export const answer = (
  status: number,
  data: unknown = "",
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer => ({ status, data, headers: new Map(Object.entries(headers)) });

export interface WorldOptions {
  readonly provider: Pick<Provider, "id" | "subscription">;
  readonly fields: Fields;
  readonly createApi: () => ScriptedApi;
  readonly endpointUrl?: string;
}

export interface DeployOptions {
  readonly endpointUrl?: string;
  /** The run dies after its last call, so its record is lost. */
  readonly crashBeforeSave?: boolean;
}

/** What a run that died leaves in place of a result. */
export class Crash extends Error {}

export const ENDPOINT = "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE==";
const BUDGET_MILLISECONDS = 20_000;
const CALL_MILLISECONDS = 50;
const TIMEOUT_MILLISECONDS = 10_000;

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

/** What was sent, its last part first: there a secret is, in most APIs. */
const repeat = ({ body = { form: [] } }: ReceivedCall): string =>
  Object.entries("json" in body ? Object(body.json) : Object.fromEntries(body.form))
    .reverse()
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

/** What comes back where the API never got to see the call. */
const answerInstead = (
  fault: Fault,
  call: ReceivedCall,
  lastPage: Page | undefined,
): ApiAnswer | undefined => {
  if (fault.kind === "status") return answer(fault.status, "", fault.headers);
  if (fault.kind === "echo")
    return answer(fault.status, { message: `Cannot take ${repeat(call)}` });
  return fault.kind === "repeated-page" ? pageBefore(call, lastPage) : undefined;
};

const isPerformed = (fault: Fault): boolean =>
  "isPerformed" in fault ? fault.isPerformed : fault.kind !== "unreachable";

interface Page {
  readonly call: ReceivedCall;
  readonly given: ApiAnswer;
}

/** The page before the one that is asked for. */
const pageBefore = ({ method, path, query }: ReceivedCall, last: Page | undefined) =>
  method === "GET" && last?.call.path === path && Object.keys(query).length > 0
    ? last.given
    : undefined;

/** One run of ours, as far as the world can end it. */
interface Run {
  isDead: boolean;
}

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
  const secrets: string[] = [];
  const clock = createVirtualClock(Date.parse("2026-01-01T00:00:00.000Z"));
  let record: SubscriptionRecord | undefined;
  let lastPage: Page | undefined;
  let chooseFault: (call: ReceivedCall, index: number) => Fault | undefined = () => undefined;

  const handle = (call: ReceivedCall): ApiAnswer => {
    const given = api.handle(call, new Date(clock.now()));
    lastPage = call.method === "GET" ? { call, given } : undefined;
    return given;
  };
  const suffer = (fault: Fault, call: ReceivedCall, run: Run): ApiAnswer => {
    const instead = answerInstead(fault, call, lastPage);
    if (instead) return instead;
    if (fault.kind === "repeated-page") return handle(call);
    if (isPerformed(fault)) handle(call);
    if (fault.kind === "status-after") return answer(fault.status);
    run.isDead ||= fault.kind === "crash";
    throw run.isDead ? new Crash() : unreachable();
  };
  const perform = async (call: ReceivedCall, timeout: number, run: Run): Promise<ApiAnswer> => {
    if (run.isDead) throw new Crash();
    const fault = chooseFault(call, calls.length);
    calls.push(call);
    const duration = fault?.kind === "slow" ? fault.milliseconds : CALL_MILLISECONDS;
    await clock.wait(Math.min(duration, timeout));
    if (run.isDead) throw new Crash();
    const isInTime = fault?.kind === "slow" && duration <= timeout;
    return fault && !isInTime ? suffer(fault, call, run) : handle(call);
  };
  const toHost = (run: Run): SubscriptionHost => ({
    connect: (options) => (request) =>
      perform(
        toReceived(options, request),
        options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
        run,
      ),
    now: () => new Date(clock.now()),
    wait: clock.wait,
    makeSecret: () => {
      secrets.push(randomBytes(32).toString("hex"));
      return secrets.at(-1) as string;
    },
    makePass: (mark) => `pass-${mark}-${clock.now()}`,
    log: (message) => logged.push(message),
    deadline: new Date(clock.now() + BUDGET_MILLISECONDS),
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
    /** Every secret of ours that was ever made. */
    secrets,
    now: () => new Date(clock.now()),
    live: () => api.live(new Date(clock.now())),
    record: () => record,
    setRecord: (next: SubscriptionRecord | undefined) => {
      record = next;
    },
    pass: clock.pass,
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
      lastPage = undefined;
      const run: Run = { isDead: false };
      const wish = toWish(settings, options.endpointUrl);
      const next = await ensureSubscription(subscription, wish, record, toHost(run));
      if (run.isDead) throw new Crash();
      if (!options.crashBeforeSave) record = JSON.parse(JSON.stringify(next));
      return next;
    },
    remove: async (
      settings: Settings,
      options: Pick<DeployOptions, "endpointUrl"> = {},
    ): Promise<readonly Orphan[]> => {
      lastPage = undefined;
      const run: Run = { isDead: false };
      const wish = toWish(settings, options.endpointUrl);
      const orphans = await removeSubscription(subscription, wish, record, toHost(run));
      if (run.isDead) throw new Crash();
      record = undefined;
      return orphans;
    },
  };
};

export type World = ReturnType<typeof createWorld>;
