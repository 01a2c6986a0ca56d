import type { HookCall, RunCall, ToGuest } from "../isolation/messages";
import { runFlow, toUndeployedReport } from "../platform/flow-run";
import { runLifecycleHook } from "../platform/lifecycle-run";
import { type Loaded, load } from "./loaded";
import type { GuestLog } from "./log";
import type { Outbox } from "./outbox";
import type { RunningFlow } from "./running-flow";

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

  const work = (
    current: Loaded,
    { runs = [], hook, isAsking, state = {} }: ToGuest,
    bodies: Buffer,
  ): void => {
    for (const [key, text] of Object.entries(state)) current.surroundings.stored.set(key, text);
    startRuns(current, runs, bodies, options);
    if (hook) startHook(current, hook, options);
    if (isAsking) outbox.add({ hook: { failure: null } });
  };
  return (message, bodies) => {
    const outcome = load(loaded, message, log);
    loaded = outcome.loaded;
    outbox.add(outcome.says);
    if (loaded) work(loaded, message, bodies);
    received += 1;
    outbox.add({ acknowledged: received });
  };
};
