import { HooklineError } from "../../errors";
import type {
  FromGuest,
  GuestFlow,
  GuestSetup,
  HookCall,
  RunCall,
  ToGuest,
} from "../isolation/messages";
import type { Component } from "../platform/component";
import { createLogger } from "../platform/context";
import {
  describeThrown,
  type LoadedFlow,
  type RunSurroundings,
  runFlow,
  toUndeployedReport,
} from "../platform/flow-run";
import { runLifecycleHook } from "../platform/lifecycle-run";
import { describeComponent, loadBundles } from "./bundle";
import type { GuestLog } from "./log";
import type { Outbox } from "./outbox";
import type { RunningFlow } from "./running-flow";

type Components = ReadonlyMap<string, Component>;

const loadFlow = (definition: GuestFlow, components: Components, log: GuestLog): LoadedFlow => {
  const trigger = components.get(definition.component)?.triggers?.[definition.trigger];
  if (!trigger) {
    throw new HooklineError(
      "COMPONENT_UNUSABLE",
      `Trigger "${definition.trigger}" is gone from component "${definition.component}". Start the runner again.`,
    );
  }
  const logger = createLogger((level, values) => log.write(level, definition.name, values));
  return { definition, trigger, logger };
};

const toFailure = (thrown: unknown): FromGuest => ({
  failure: {
    code: thrown instanceof HooklineError ? thrown.code : "COMPONENT_UNUSABLE",
    message: describeThrown(thrown),
  },
});

/** What the guest holds between messages. */
interface Loaded {
  readonly surroundings: RunSurroundings;
  readonly components: Components;
  /** By their keys. */
  readonly flows: ReadonlyMap<string, LoadedFlow>;
}

const setUp = ({ bundles, unknowns, stateBytes }: GuestSetup): Loaded => ({
  surroundings: { unknowns, stateBytes, stored: new Map() },
  components: loadBundles(bundles),
  flows: new Map(),
});

const addFlows = (loaded: Loaded, flows: readonly GuestFlow[], log: GuestLog): Loaded => ({
  ...loaded,
  flows: new Map(flows.map((flow) => [flow.key, loadFlow(flow, loaded.components, log)])),
});

const describe = ({ components }: Loaded): FromGuest => ({
  components: [...components.values()].map(describeComponent),
});

/** Where the instance's words go. */
export interface InstanceOptions {
  readonly outbox: Outbox;
  readonly log: GuestLog;
  readonly running: RunningFlow;
}

const startRuns = (
  { flows, surroundings }: Loaded,
  calls: readonly RunCall[],
  bodies: Buffer,
  { running, outbox }: InstanceOptions,
): void => {
  let offset = 0;
  for (const call of calls) {
    const body = bodies.subarray(offset, offset + call.bodyBytes);
    offset += call.bodyBytes;
    const flow = flows.get(call.flow);
    if (!flow) {
      outbox.addReport(toUndeployedReport(call));
      continue;
    }
    const work = () => runFlow(flow, call, body, surroundings);
    void running.run(flow.definition.name, work).then(outbox.addReport);
  }
};

const startHook = (
  { flows, surroundings }: Loaded,
  call: HookCall,
  { running, outbox }: InstanceOptions,
): void => {
  const flow = flows.get(call.flow);
  if (!flow) {
    outbox.add({ hook: { failure: "the flow is not deployed" } });
    return;
  }
  const work = () => runLifecycleHook(flow, call, surroundings);
  void running.run(flow.definition.name, work).then((hook) => outbox.add({ hook }));
};

/** The deployed instance inside the guest: does what the runner's messages say and reports to the outbox. */
export const createInstance = (
  options: InstanceOptions,
): ((message: ToGuest, bodies: Buffer) => void) => {
  const { outbox, log } = options;
  let loaded: Loaded | undefined;
  let received = 0;

  const load = ({ setup, flows }: ToGuest): Loaded | undefined => {
    try {
      const base = setup ? setUp(setup) : loaded;
      const fresh = base && flows ? addFlows(base, flows, log) : base;
      if (setup && fresh) outbox.add(describe(fresh));
      return fresh;
    } catch (thrown) {
      outbox.add(toFailure(thrown));
      return undefined;
    }
  };
  const work = (
    current: Loaded,
    { runs = [], hook, state = {} }: ToGuest,
    bodies: Buffer,
  ): void => {
    for (const [key, text] of Object.entries(state)) current.surroundings.stored.set(key, text);
    startRuns(current, runs, bodies, options);
    if (hook) startHook(current, hook, options);
  };
  return (message, bodies) => {
    loaded = load(message);
    if (loaded) work(loaded, message, bodies);
    received += 1;
    outbox.add({ acknowledged: received });
  };
};
