import { join } from "node:path";
import type { DeliveryReport } from "./delivery-report";
import { findBundle } from "./find-bundle";
import {
  type IntegrationFiles,
  openIntegration,
  readIntegrationFiles,
} from "./integration/open-integration";
import { type ComponentHost, createComponentHost } from "./isolation/component-host";
import type { LogLine } from "./isolation/messages";
import type { Journal } from "./journal/journal";
import { deployInstance } from "./platform/deploy";
import { type DeployedFlow, toDeployedFlows } from "./platform/deployed-flow";
import { type Limits, platformLimits } from "./platform/limits";
import { openStateStore, type StateStore } from "./platform/state-store";
import { type PlatformUnknowns, platformUnknowns } from "./platform/unknowns";
import { type Admission, createAdmission } from "./server/admission";
import { addFlowList } from "./server/flow-list";
import { createReceiver } from "./server/receiver";
import { createRunnerServer, type RunnerServer } from "./server/server";

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
}

export interface Runner {
  readonly url: string;
  readonly integration: string;
  readonly flows: readonly DeployedFlow[];
  /** What a person should know: steps that are not run, flows that are not served. */
  readonly notes: readonly string[];
  /** Accepts nothing more, finishes what is in flight, and leaves everything saved. */
  readonly close: () => Promise<void>;
}

/** The running parts, before they know which flows they serve. */
interface Machine {
  readonly host: ComponentHost;
  readonly server: RunnerServer;
  readonly serve: (admission: Admission) => void;
  readonly close: () => Promise<void>;
}

const silent = (): void => undefined;

const createState = (options: RunnerOptions): StateStore =>
  openStateStore({
    file: join(options.dataFolder, "state.json"),
    onWriteError: ({ message }) =>
      options.onLog?.({ level: "error", flow: null, text: `State is not saved: ${message}` }),
  });

interface Surroundings {
  readonly limits: Limits;
  readonly unknowns: PlatformUnknowns;
  readonly bundles: readonly string[];
  readonly state: StateStore;
  readonly journal: Journal | undefined;
}

const createMachine = (options: RunnerOptions, surroundings: Surroundings): Machine => {
  const { limits, unknowns, state, journal } = surroundings;
  const { program, onLog: log = silent, onDelivery = silent } = options;
  let admission = createAdmission([], unknowns);
  const host = createComponentHost({ ...surroundings, program, log });
  const admit: Admission = (request, endpoint) => admission(request, endpoint);
  const receiver = createReceiver({ admit, host, journal, limits, onDelivery });
  const server = createRunnerServer(receiver, limits);
  let closing: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await server.close();
    host.close();
    await state.flush();
    await journal?.close();
  };
  return {
    host,
    server,
    serve: (next) => {
      admission = next;
    },
    close: () => {
      closing ??= end();
      return closing;
    },
  };
};

const deploy = async (
  { host, server, serve }: Machine,
  files: IntegrationFiles,
  { port, dataFolder, onLog = silent }: RunnerOptions,
  unknowns: PlatformUnknowns,
): Promise<Omit<Runner, "close">> => {
  const integration = openIntegration(files, await host.start());
  let flows: readonly DeployedFlow[] = [];
  addFlowList(server.pages, integration.name, () => flows);
  const url = await server.listen(port);
  flows = toDeployedFlows(integration, url, dataFolder);
  host.deploy(flows.map(({ guest }) => guest));
  serve(createAdmission(flows, unknowns));
  const notes = [...integration.notes, ...(await deployInstance(flows, host, unknowns, onLog))];
  return { url, integration: integration.name, flows, notes };
};

/**
 * Starts a runner: loads the components, serves the integration's flows and deploys one instance.
 *
 * @throws HooklineError when any of that is not possible; nothing is left running then.
 */
export const startRunner = async (options: RunnerOptions): Promise<Runner> => {
  const limits = { ...platformLimits, ...options.limits };
  const unknowns = { ...platformUnknowns, ...options.unknowns };
  const files = readIntegrationFiles(options.integration, options.configuration);
  const bundles = options.components.map(findBundle);
  const state = createState(options);
  const journal = await options.openJournal?.();
  const machine = createMachine(options, { limits, unknowns, bundles, state, journal });
  try {
    return { ...(await deploy(machine, files, options, unknowns)), close: machine.close };
  } catch (error) {
    await machine.close();
    throw error;
  }
};
