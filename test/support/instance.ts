import component from "../../src";
import type { TriggerOutcome } from "./trigger";

type State = Record<string, unknown>;
type Lifecycle = (
  context: object,
  params: object,
) => Promise<{ crossFlowState?: State } | undefined>;

interface WireTrigger {
  readonly perform: (
    context: object,
    payload: object,
    params: object,
  ) => Promise<TriggerOutcome & { crossFlowState?: State }>;
  readonly onInstanceDeploy: Lifecycle;
  readonly onInstanceDelete: Lifecycle;
  readonly webhookCreate: Lifecycle;
  readonly webhookDelete: Lifecycle;
}

interface WireAction {
  readonly perform: (
    context: object,
    params: object,
  ) => Promise<{ data: never; crossFlowState?: State }>;
}

export interface InstanceOptions {
  readonly trigger: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly flowName?: string;
  readonly instanceId?: string;
}

export const ENDPOINT = "http://127.0.0.1:9/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE==";

/** What the platform does with one flow of one instance: contexts, state that is saved only after success, and hooks in its order. */
export const createInstance = ({
  trigger,
  params,
  flowName = "Flow 1",
  instanceId = "instance-1",
}: InstanceOptions) => {
  const { perform, ...hooks } = (component.triggers as unknown as Record<string, WireTrigger>)[
    trigger
  ] as WireTrigger;
  const logged: string[] = [];
  let state: State = {};
  let name = flowName;
  let endpoint = ENDPOINT;

  const log = (...parts: unknown[]) => logged.push(parts.join(" "));
  const toContext = () => ({
    logger: { metric: log, trace: log, debug: log, info: log, log, warn: log, error: log },
    crossFlowState: structuredClone(state),
    instance: { id: instanceId, name: "Instance" },
    flow: { id: "flow-id", name, stableId: "stable-1" },
    webhookUrls: { [name]: endpoint },
    invokeUrl: endpoint,
  });
  const save = (result: { crossFlowState?: State } | undefined) => {
    state = JSON.parse(JSON.stringify({ ...state, ...result?.crossFlowState }));
  };
  const run = async (hook: keyof typeof hooks, given = params) =>
    save(await hooks[hook](toContext(), given));

  return {
    logged,
    state: () => state,
    setState: (next: State) => {
      state = next;
    },
    rename: (next: string) => {
      name = next;
    },
    move: (next: string) => {
      endpoint = next;
    },
    run,
    deploy: async (given = params) => {
      await run("onInstanceDeploy", given);
      await run("webhookCreate", given);
    },
    delete: async (given = params) => {
      await run("onInstanceDelete", given);
      await run("webhookDelete", given);
    },
    receive: async (
      received: {
        headers?: Record<string, string>;
        query?: Record<string, string> | null;
        body?: string;
      },
      given = params,
    ) => {
      const payload = {
        headers: received.headers ?? {},
        queryParameters: received.query ?? null,
        rawBody: { data: Buffer.from(received.body ?? "") },
        body: { data: undefined },
        pathFragment: "",
        invokeUrl: endpoint,
        flow: { id: "flow-id", name, stableId: "stable-1" },
      };
      const outcome = await perform(toContext(), payload, given);
      save(outcome);
      return outcome;
    },
    act: async (action: string, inputs: Readonly<Record<string, unknown>>) => {
      const { perform: act } = (component.actions as unknown as Record<string, WireAction>)[
        action
      ] as WireAction;
      const outcome = await act(toContext(), inputs);
      save(outcome);
      return outcome.data as Record<string, never>;
    },
  };
};
