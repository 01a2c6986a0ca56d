import { dirname } from "node:path";
import type { Limits } from "../platform/limits";
import type { StateStore } from "../platform/state-store";
import type { PlatformUnknowns } from "../platform/unknowns";
import type { GuestLink } from "./guest-link";
import { createHookCaller } from "./hook-caller";
import { startLoadedGuest } from "./loaded-guest";
import type {
  ComponentDescription,
  FromGuest,
  GuestFlow,
  HookCall,
  HookReport,
  LogLine,
  RunCall,
  RunReport,
} from "./messages";
import { createOutgoing } from "./outgoing";
import { createRunQueue } from "./run-queue";
import { createSupervisor, type GuestEvents } from "./supervisor";

export interface ComponentHostOptions {
  /** The built program, which also runs components; see `GUEST_ARGUMENT`. */
  readonly program: string;
  /** Folders with an `index.js`. */
  readonly bundles: readonly string[];
  readonly unknowns: PlatformUnknowns;
  readonly limits: Limits;
  readonly state: StateStore;
  readonly log: (line: LogLine) => void;
}

/** Components behind a wall: they may crash, hang or eat memory, and every call still gets an answer. */
export interface ComponentHost {
  /** Loads the bundles. @throws HooklineError COMPONENT_UNUSABLE */
  readonly start: () => Promise<readonly ComponentDescription[]>;
  /** The flows that runs and hooks name by their position, now and after every restart. */
  readonly deploy: (flows: readonly GuestFlow[]) => void;
  /** Never rejects: a component that fails in whatever way makes a report with an error answer. */
  readonly run: (call: RunCall, body: Buffer) => Promise<RunReport>;
  readonly callHook: (call: HookCall) => Promise<HookReport>;
  readonly close: () => void;
}

type GuestHandlers = GuestEvents & {
  readonly isBusy: () => boolean;
  readonly onMessage: (message: FromGuest) => void;
};

const launchGuest = (
  { program, bundles, limits, log }: ComponentHostOptions,
  first: Parameters<typeof startLoadedGuest>[0]["first"],
  handlers: GuestHandlers,
): GuestLink =>
  startLoadedGuest({
    ...handlers,
    program,
    first,
    directory: bundles[0] ?? dirname(program),
    heapMegabytes: limits.heapMegabytes,
    residentMegabytes: limits.residentMegabytes,
    reactionMilliseconds: limits.reactionMilliseconds,
    loadMilliseconds: limits.lifecycleMilliseconds,
    onLine: (text) => log({ level: "info", flow: null, text }),
  });

export const createComponentHost = (options: ComponentHostOptions): ComponentHost => {
  const { limits, state, log, bundles, unknowns } = options;
  const setup = { bundles, unknowns, stateBytes: limits.stateBytes };
  const queue = createRunQueue(limits.answerMilliseconds, () => guest.current()?.demandReaction());
  const hooks = createHookCaller(limits.lifecycleMilliseconds, (why) => guest.current()?.kill(why));
  const outgoing = createOutgoing(queue, state, () => guest.current());

  const takeReport = (report: RunReport): void => {
    if (queue.settle(report)) state.write(report.state);
  };
  const onMessage = ({ logs = [], reports = [], hook }: FromGuest): void => {
    logs.forEach(log);
    reports.forEach(takeReport);
    if (hook && hooks.settle(hook)) state.write(hook.state);
    outgoing.flush();
  };
  const onStop = (reason: string): void => {
    log({ level: "warn", flow: null, text: `The component stopped: ${reason}. Restarting it.` });
    hooks.settle({ failure: `the component stopped: ${reason}` });
    queue.failUnderway(`The component stopped while it handled this request: ${reason}.`);
  };
  const guest = createSupervisor({
    onStop,
    onUnloadable: (error) => queue.failWaiting(error.message),
    launch: (events) =>
      launchGuest(options, outgoing.begin({ setup }), {
        ...events,
        onMessage,
        isBusy: queue.isBusy,
      }),
  });
  return {
    start: guest.start,
    close: guest.close,
    deploy: outgoing.deploy,
    run: (call, body) => {
      const report = queue.add(call, body);
      guest.revive();
      outgoing.schedule();
      return report;
    },
    callHook: (hook) => {
      const report = hooks.wait();
      outgoing.send({ hook });
      return report;
    },
  };
};
