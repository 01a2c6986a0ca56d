import { dirname } from "node:path";
import type { HooklineError } from "../../errors";
import type { Limits } from "../platform/limits";
import type { StateStore } from "../platform/state-store";
import type { PlatformUnknowns } from "../platform/unknowns";
import type { ComponentDescription } from "./component-description";
import type { GuestLink } from "./guest-link";
import { createHookCaller, type HookCaller } from "./hook-caller";
import { startLoadedGuest } from "./loaded-guest";
import type { FromGuest, HookCall, HookReport, LogLine, RunCall, RunReport } from "./messages";
import { createOutgoing, type Outgoing } from "./outgoing";
import { createRunQueue, type RunQueue } from "./run-queue";
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
  /** The flows that runs and hooks name by their keys, now and after every restart. */
  readonly deploy: Outgoing["deploy"];
  /** Never rejects: a component that fails in whatever way makes a report with an error answer. */
  readonly run: (call: RunCall, body: Buffer) => Promise<RunReport>;
  /** Never rejects either. One at a time. */
  readonly callHook: (call: HookCall) => Promise<HookReport>;
  /** Resolves once the component has taken in what was deployed, and said what it has to say about that. */
  readonly whenDeployed: () => Promise<unknown>;
  /** Resolves once nothing that was run before is unanswered. */
  readonly whenIdle: () => Promise<void>;
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

const STOPPING = "the runner is stopping";

const stopGuest = (link: GuestLink | undefined, why: string): boolean => {
  link?.kill(why);
  return link !== undefined;
};

/** Settles what waits for a guest, by what the guest says and by how it ends. */
const createIntake = (
  { state, log }: ComponentHostOptions,
  { queue, hooks, outgoing }: { queue: RunQueue; hooks: HookCaller; outgoing: Outgoing },
) => ({
  onMessage: ({ logs = [], reports = [], hook }: FromGuest): void => {
    logs.forEach(log);
    for (const report of reports) if (queue.settle(report)) state.write(report.state);
    if (hook && hooks.settle(hook)) state.write(hook.state);
    outgoing.flush();
  },
  onStop: (reason: string): void => {
    log({ level: "warn", flow: null, text: `The component stopped: ${reason}. Restarting it.` });
    hooks.fail(`the component stopped: ${reason}`);
    queue.failUnderway(`The component stopped while it handled this request: ${reason}.`);
  },
  onUnloadable: ({ message }: HooklineError): void => {
    hooks.fail(message);
    outgoing.forgetHook();
    queue.failWaiting(message);
  },
});

export const createComponentHost = (options: ComponentHostOptions): ComponentHost => {
  const { limits, state, bundles, unknowns } = options;
  const setup = { bundles, unknowns, stateBytes: limits.stateBytes };
  const current = (): GuestLink | undefined => guest.current();
  const queue = createRunQueue(limits.answerMilliseconds, () => current()?.demandReaction());
  const hooks = createHookCaller(limits.lifecycleMilliseconds, (why) => stopGuest(current(), why));
  const outgoing = createOutgoing(queue, state, current);
  const { onMessage, ...ends } = createIntake(options, { queue, hooks, outgoing });
  const launch = (events: GuestEvents): GuestLink =>
    launchGuest(options, outgoing.begin({ setup }), { ...events, onMessage, isBusy: queue.isBusy });
  const guest = createSupervisor({ ...ends, launch });
  let isClosed = false;
  return {
    start: guest.start,
    whenIdle: queue.whenIdle,
    deploy: outgoing.deploy,
    close: () => {
      isClosed = true;
      guest.close();
      hooks.fail(STOPPING);
    },
    run: (call, body) => {
      const report = queue.add(call, body);
      guest.revive();
      outgoing.schedule();
      return report;
    },
    whenDeployed: () => {
      if (isClosed || !current()) return Promise.resolve();
      const report = hooks.wait();
      outgoing.send({ isAsking: true });
      return report;
    },
    callHook: (hook) => {
      if (isClosed) return Promise.resolve({ failure: STOPPING });
      const report = hooks.wait();
      outgoing.callHook(hook);
      guest.revive();
      return report;
    },
  };
};
