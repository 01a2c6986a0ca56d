import { join } from "node:path";
import { HooklineError } from "../errors";
import { createControlToken } from "./control/control-token";
import { addControlRoutes } from "./control/routes";
import type { DeliveryReport } from "./delivery-report";
import { toOffer } from "./engines/offer";
import { findBundle } from "./find-bundle";
import { openIntegration, readIntegrationFiles } from "./integration/open-integration";
import type { LogLine } from "./isolation/messages";
import type { Journal } from "./journal/journal";
import { createInstance, type Instance } from "./lifecycle/instance";
import type { Loaded } from "./lifecycle/instance-state";
import type { LifecycleReport } from "./lifecycle/operation";
import { createLogHub, type LogHub } from "./log-hub";
import { createMachine, type Machine } from "./machine";
import { type DeployedFlow, type InstanceKind, toDeployedFlows } from "./platform/deployed-flow";
import { type Limits, platformLimits } from "./platform/limits";
import { openStateStore, type StateStore } from "./platform/state-store";
import { type PlatformUnknowns, platformUnknowns } from "./platform/unknowns";
import { addFlowList } from "./server/flow-list";

export interface RunnerOptions {
  /** The built program (`build/hookline.js`), which the runner starts again to run components. */
  readonly program: string;
  /** Folders of built components: `dist`, or a project that has a `dist`. */
  readonly components: readonly string[];
  /** A Prismatic integration definition; without one, every trigger gets a flow. */
  readonly integration?: string | undefined;
  /** Values for config variables; the file beside the integration where not given. */
  readonly configuration?: string | undefined;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where state and keys are kept. */
  readonly dataFolder: string;
  /** Opens the journal to which every request is appended before it runs; without it none is saved. */
  readonly openJournal?: (() => Promise<Journal>) | undefined;
  readonly limits?: Partial<Limits>;
  readonly unknowns?: Partial<PlatformUnknowns>;
  readonly onDelivery?: (report: DeliveryReport) => void;
  /** What the component logs, and what happens to it. */
  readonly onLog?: (line: LogLine) => void;
  /** What became of an operation that another command asked for. */
  readonly onLifecycle?: (report: LifecycleReport) => void;
}

export interface Runner {
  readonly url: string;
  readonly integration: string;
  readonly instance: Instance;
  /** As the last deploy left them. */
  readonly flows: () => readonly DeployedFlow[];
  /** What became of the first deploy. */
  readonly deployed: LifecycleReport;
  /** Lets other commands of this machine drive the instance. */
  readonly controlToken: string;
  /** Leads PostgreSQL clients of this machine to the embedded queue, and holds a password. */
  readonly queueConnection: string;
  /** Accepts nothing more, finishes what is in flight, and leaves everything saved. */
  readonly close: () => Promise<void>;
}

const silent = (): void => undefined;

interface Surroundings {
  readonly options: RunnerOptions;
  readonly limits: Limits;
  readonly unknowns: PlatformUnknowns;
  readonly state: StateStore;
  readonly hub: LogHub;
}

const openState = ({ dataFolder, onLog = silent }: RunnerOptions): StateStore =>
  openStateStore({
    file: join(dataFolder, "state.json"),
    onWriteError: ({ message }) =>
      onLog({ level: "error", flow: null, text: `State is not saved: ${message}` }),
  });

/** Deploys for the first time, on a machine that serves nothing yet. */
const deploy = async (
  machine: Machine,
  { options, limits, unknowns, state, hub }: Surroundings,
): Promise<Omit<Runner, "close">> => {
  const { host, server, queue, serve } = machine;
  const { port, dataFolder, onLifecycle = silent } = options;
  const components = await host.start();
  const queueConnection = await queue.open();
  const open = () =>
    openIntegration(
      readIntegrationFiles(options.integration, options.configuration),
      components,
      toOffer(queueConnection),
    );
  const { name } = open();
  const controlToken = createControlToken();
  const load = (): Loaded => {
    const integration = open();
    const toFlows = (kind: InstanceKind) =>
      toDeployedFlows(integration, { kind, baseUrl: url, dataFolder });
    return { integration, flows: toFlows("deployed"), testFlows: toFlows("test") };
  };
  const instance = createInstance({ load, host, state, serve, log: hub.write, unknowns, limits });
  addFlowList(server.pages, name, instance.current);
  addControlRoutes(server.pages, { token: controlToken, instance, hub, onLifecycle });
  const url = await server.listen(port);
  const deployed = await instance.perform("deploy");
  if (deployed.isBlocked)
    throw new HooklineError("DEPLOY_FAILED", [...deployed.failures, ...deployed.notes].join("\n"));
  const flows = (): readonly DeployedFlow[] => instance.current()?.flows ?? [];
  return { url, integration: name, instance, flows, deployed, controlToken, queueConnection };
};

/**
 * Starts a runner: loads the components, serves the integration's flows and deploys one instance.
 *
 * @throws HooklineError when any of that is not possible; nothing is left running then.
 */
export const startRunner = async (options: RunnerOptions): Promise<Runner> => {
  const { program, dataFolder, openJournal, onDelivery = silent, onLog = silent } = options;
  const limits = { ...platformLimits, ...options.limits };
  const unknowns = { ...platformUnknowns, ...options.unknowns };
  readIntegrationFiles(options.integration, options.configuration);
  const bundles = options.components.map(findBundle);
  const state = openState(options);
  const journal = await openJournal?.();
  const hub = createLogHub(onLog);
  const parts = { program, dataFolder, bundles, state, journal, limits, unknowns, onDelivery };
  const machine = createMachine({ ...parts, log: hub.write });
  try {
    const started = await deploy(machine, { options, limits, unknowns, state, hub });
    return { ...started, close: machine.close };
  } catch (error) {
    await machine.close();
    throw error;
  }
};
