import { randomUUID } from "node:crypto";
import { HooklineError } from "../errors";
import { createDeliverer } from "./deliver";
import { NO_FAULTS, readFaults } from "./faults";
import type { Faults, StandIn, StandInApp, StandInDelivery, StandInReport } from "./stand-in";

const REPORTS_KEPT = 200;
const LARGEST_BURST = 1_000;

/** Something that happens at the source system; with the event's example payload where none is given. */
export interface Happening {
  readonly event: string;
  readonly payload?: unknown;
}

export interface OperationOptions {
  readonly faults?: Partial<Faults>;
  /** In place of the source system's own pause between two attempts, so that nobody has to wait for it. */
  readonly retryPauseMilliseconds?: number;
  /** One line for a person about every call and every attempt; no secret and no query is in it. */
  readonly onLine?: (line: string) => void;
}

/** A stand-in at work: its app, its faults and its deliveries. */
export interface Operation {
  readonly standIn: StandIn;
  readonly app: StandInApp;
  /**
   * Lets all of this happen at once. Settled when every delivery has ended.
   *
   * @throws HooklineError INPUT_INVALID, at once, for an event type that it does not know.
   */
  readonly burst: (happenings: readonly Happening[]) => Promise<readonly StandInReport[]>;
  /** A burst that nobody waits for. Returns how many deliveries it makes. @throws as `burst` does */
  readonly launch: (happenings: readonly Happening[]) => number;
  /** A burst of one. */
  readonly fire: (event: string, payload?: unknown) => Promise<readonly StandInReport[]>;
  /** Lays faults over those that are on. @throws HooklineError INPUT_INVALID */
  readonly setFaults: (faults: unknown) => void;
  readonly faults: () => Faults;
  /** The latest deliveries, newest first. */
  readonly reports: () => readonly StandInReport[];
  readonly close: () => void;
}

/** The URL without its query, which may hold a secret. */
export const toBareUrl = (url: string): string => url.split(/[?#]/)[0] ?? "";

const describeReport = ({ delivery, attempts, outcome }: StandInReport): string => {
  const { status, failure } = attempts.at(-1) ?? {};
  const what = `${delivery.event} to ${toBareUrl(delivery.url)}`;
  return attempts.length === 0
    ? `${outcome} ${what}`
    : `${outcome} ${what}, attempt ${attempts.length}: ${status ?? failure}`;
};

export const describeSilence = (happenings: readonly Happening[]): string => {
  const events = [...new Set(happenings.map(({ event }) => event))].join(", ");
  return `nothing is delivered: nobody is subscribed to ${events}`;
};

const createReports = () => {
  const reports = new Map<string, StandInReport>();
  return {
    note: (report: StandInReport): void => {
      reports.set(report.id, report);
      const [oldest] = reports.keys();
      if (reports.size > REPORTS_KEPT && oldest !== undefined) reports.delete(oldest);
    },
    newestFirst: (): readonly StandInReport[] => [...reports.values()].reverse(),
  };
};

const checkEvent = ({ app, standIn }: Pick<Operation, "app" | "standIn">, event: string): void => {
  if (Object.hasOwn(app.events, event)) return;
  const known = Object.keys(app.events).join(", ");
  throw new HooklineError(
    "INPUT_INVALID",
    `${standIn.title} has no event "${event.slice(0, 80)}". It knows ${known}.`,
  );
};

const checkSize = (count: number): void => {
  if (count <= LARGEST_BURST) return;
  throw new HooklineError("INPUT_INVALID", `At most ${LARGEST_BURST} events can happen at once.`);
};

const now = (): Date => new Date();

export const operate = (standIn: StandIn, options: OperationOptions = {}): Operation => {
  const { retryPauseMilliseconds, onLine = () => undefined } = options;
  let faults = readFaults(options.faults ?? {}, NO_FAULTS);
  const reports = createReports();

  const toDeliveries = ({ event, payload }: Happening): readonly StandInDelivery[] => {
    checkEvent({ app, standIn }, event);
    return app.fire(event, payload ?? app.events[event]);
  };
  const app: StandInApp = standIn.create({
    now,
    newId: randomUUID,
    fire: (event, payload) => void deliverer.deliver(toDeliveries({ event, payload })),
    deliver: (delivery) => void deliverer.deliver([delivery]),
  });
  const onReport = (report: StandInReport): void => {
    reports.note(report);
    onLine(describeReport(report));
    app.onReport?.(report);
  };
  const deliverer = createDeliverer({
    ...{ standIn, app, now, retryPauseMilliseconds, onReport },
    faults: () => faults,
    newId: randomUUID,
  });
  const toBurst = (happenings: readonly Happening[]): readonly StandInDelivery[] => {
    checkSize(happenings.length);
    const deliveries = happenings.flatMap(toDeliveries);
    if (deliveries.length === 0) onLine(describeSilence(happenings));
    return deliveries;
  };
  const burst: Operation["burst"] = (happenings) => deliverer.deliver(toBurst(happenings));
  return {
    standIn,
    app,
    burst,
    launch: (happenings) => {
      const deliveries = toBurst(happenings);
      void deliverer.deliver(deliveries);
      return deliveries.length;
    },
    fire: (event, payload) => burst([{ event, payload }]),
    setFaults: (sent) => {
      faults = readFaults(sent, faults);
    },
    faults: () => faults,
    reports: reports.newestFirst,
    close: deliverer.close,
  };
};
