import type { ComponentHost } from "../isolation/component-host";
import type { GuestFlow, LogLine } from "../isolation/messages";
import { isStateOfInstance } from "../platform/deployed-flow";
import type { Limits } from "../platform/limits";
import { EMPTY_SCOPE } from "../platform/state-scopes";
import type { StateStore } from "../platform/state-store";
import type { PlatformUnknowns } from "../platform/unknowns";
import type { ServedFlow } from "../server/admission";
import { callHooks, type HookOutcome, type HookRound } from "./call-hooks";
import type { InstanceDesk } from "./instance-desk";
import { type InstanceState, type Loaded, toServedFlows } from "./instance-state";
import type { LifecycleReport, Operation } from "./operation";
import { operations } from "./operations";
import { reportProgress } from "./report-progress";

export interface InstanceOptions {
  /** Reads the integration's files anew. @throws HooklineError naming what is wrong in them. */
  readonly load: () => Loaded;
  readonly host: ComponentHost;
  readonly state: StateStore;
  readonly serve: (flows: readonly ServedFlow[]) => void;
  readonly log: (line: LogLine) => void;
  readonly unknowns: PlatformUnknowns;
  readonly limits: Pick<Limits, "progressMilliseconds">;
}

/** The one instance of the runner. */
export interface Instance {
  readonly current: () => InstanceState | undefined;
  /**
   * Operations wait for one another.
   *
   * @param flow for listening mode, the only flow that it is about.
   * @throws HooklineError when nothing could be done at all; the instance is as it was then.
   */
  readonly perform: (operation: Operation, flow?: string) => Promise<LifecycleReport>;
}

const isGone = ({ status }: InstanceState): boolean => status === "deleted";

/** The test instance is there whatever becomes of the deployed one. */
const listGuests = (state: InstanceState): readonly GuestFlow[] =>
  [...(isGone(state) ? [] : state.flows), ...state.testFlows].map(({ guest }) => guest);

const runsTheSame = (before: InstanceState | undefined, next: InstanceState): boolean =>
  before?.flows === next.flows && isGone(before) === isGone(next);

const createDesk = (options: InstanceOptions): InstanceDesk => {
  const { host, state, serve, log, unknowns, load } = options;
  const { progressMilliseconds } = options.limits;
  let current: InstanceState | undefined;

  const present = (next: InstanceState, isRestored: boolean): void => {
    if (!runsTheSame(current, next)) host.deploy(listGuests(next), isRestored);
    current = next;
    serve(toServedFlows(next, unknowns));
  };
  const show = (next: InstanceState): void => present(next, false);
  const restore = (next: InstanceState): void => present(next, true);
  const retire = async (next: InstanceState): Promise<void> => {
    serve(toServedFlows(next, unknowns));
    const report = (seconds: number): void =>
      log({ level: "info", flow: null, text: `Finishing what is in flight, for ${seconds} s` });
    await reportProgress(host.whenIdle(), report, progressMilliseconds);
    show(next);
    const keys = [...state.all().keys()].filter(isStateOfInstance);
    state.write(Object.fromEntries(keys.map((key) => [key, EMPTY_SCOPE])));
  };
  const call = (round: HookRound): Promise<HookOutcome> =>
    callHooks(round, { host, log, progressMilliseconds });
  const { whenDeployed: hearOut } = host;
  return { unknowns, load, show, restore, retire, call, hearOut, current: () => current };
};

export const createInstance = (options: InstanceOptions): Instance => {
  const desk = createDesk(options);
  let last: Promise<unknown> = Promise.resolve();
  let unfinished = 0;
  return {
    current: desk.current,
    perform: (operation, flow) => {
      if (unfinished > 0)
        options.log({ level: "info", flow: null, text: "Waiting for another command to finish" });
      unfinished += 1;
      const run = last
        .then(() => operations[operation](desk, flow))
        .finally(() => {
          unfinished -= 1;
        });
      last = run.catch(() => undefined);
      return run;
    },
  };
};
