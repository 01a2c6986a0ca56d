import { createEmbeddedQueue, type EmbeddedQueue } from "./engines/embedded-queue";
import { type ComponentHost, createComponentHost } from "./isolation/component-host";
import type { LogLine } from "./isolation/messages";
import type { Journal } from "./journal/journal";
import type { Limits } from "./platform/limits";
import type { StateStore } from "./platform/state-store";
import type { PlatformUnknowns } from "./platform/unknowns";
import { type Admission, createAdmission, type ServedFlow } from "./server/admission";
import { createReceiver, type ReceiverOptions } from "./server/receiver";
import { createRunnerServer, type RunnerServer } from "./server/server";

export interface MachineOptions {
  readonly program: string;
  readonly dataFolder: string;
  /** Folders with an `index.js`. */
  readonly bundles: readonly string[];
  readonly state: StateStore;
  readonly journal: Journal | undefined;
  readonly limits: Limits;
  readonly unknowns: PlatformUnknowns;
  readonly onDelivery: ReceiverOptions["onDelivery"];
  readonly log: (line: LogLine) => void;
}

/** The running parts of a runner, whatever it serves. */
export interface Machine {
  readonly host: ComponentHost;
  readonly server: RunnerServer;
  readonly queue: EmbeddedQueue;
  /** Replaces what is served so far, which is nothing at first. */
  readonly serve: (flows: readonly ServedFlow[]) => void;
  /** Accepts nothing more, finishes what is in flight, and leaves everything saved. */
  readonly close: () => Promise<void>;
}

export const createMachine = (options: MachineOptions): Machine => {
  const { state, journal, limits, unknowns, onDelivery } = options;
  let admission = createAdmission([], unknowns);
  const admit: Admission = (request, endpoint) => admission(request, endpoint);
  const host = createComponentHost(options);
  const queue = createEmbeddedQueue(options);
  const server = createRunnerServer(
    createReceiver({ admit, host, journal, limits, onDelivery }),
    limits,
  );
  let closing: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await server.close();
    host.close();
    await state.flush();
    await journal?.close();
    await queue.close();
  };
  return {
    host,
    server,
    queue,
    serve: (flows) => {
      admission = createAdmission(flows, unknowns);
    },
    close: () => {
      closing ??= end();
      return closing;
    },
  };
};
