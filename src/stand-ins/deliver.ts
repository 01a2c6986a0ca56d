import { isLoopbackUrl } from "../http/public-url";
import { createLanes, createRest, postOnce } from "./attempt";
import type {
  Faults,
  StandIn,
  StandInApp,
  StandInAttempt,
  StandInDelivery,
  StandInOutcome,
  StandInReport,
} from "./stand-in";

export interface DeliveryOptions {
  readonly standIn: Pick<StandIn, "retries">;
  readonly app: Pick<StandInApp, "subscriptions">;
  readonly faults: () => Faults;
  readonly now: () => Date;
  readonly newId: () => string;
  /** In place of the source system's own pause between two attempts. */
  readonly retryPauseMilliseconds?: number | undefined;
  /** Told after every attempt. */
  readonly onReport: (report: StandInReport) => void;
}

/** Delivers over real HTTP as the source system does. */
export interface Deliverer {
  /** Makes one burst of deliveries; settled when each has ended. */
  readonly deliver: (burst: readonly StandInDelivery[]) => Promise<readonly StandInReport[]>;
  /** Stops everything that is underway. */
  readonly close: () => void;
}

const toBurst = (
  deliveries: readonly StandInDelivery[],
  { duplicates, reorders }: Faults,
): readonly StandInDelivery[] => {
  const burst = deliveries.flatMap((delivery) => (duplicates ? [delivery, delivery] : [delivery]));
  return reorders ? burst.reverse() : burst;
};

const leadsAway = (url: string): boolean => !URL.canParse(url) || !isLoopbackUrl(new URL(url));

const isSuccess = ({ status = 0 }: StandInAttempt): boolean => status >= 200 && status < 300;

/** Makes one attempt and tells what that means for the delivery. */
const createAttempt = (options: DeliveryOptions, signal: AbortSignal, pause: number) => {
  const { app, faults, now } = options;
  const { retries } = options.standIn;
  const rest = createRest(signal);
  const isSkipped = ({ subscriptionId, url }: StandInDelivery): boolean =>
    signal.aborted ||
    leadsAway(url) ||
    !app.subscriptions().some(({ id }) => id === subscriptionId);

  return async (delivery: StandInDelivery, made: StandInAttempt[]): Promise<StandInOutcome> => {
    await rest(faults().lateMilliseconds);
    if (isSkipped(delivery)) return "skipped";
    const attempt = await postOnce(delivery, made.length + 1, { retries, now, signal });
    made.push(attempt);
    if (isSuccess(attempt)) return "delivered";
    if (faults().pauses) await rest(pause);
    return made.length < retries.maximumAttempts ? "underway" : "failed";
  };
};

/**
 * Deliveries to one URL start in the order of their burst, one after the other, unless the source system
 * sends them at once and no fault is about their order; those to different URLs do not wait for one another.
 * A failed one goes to the end of its URL's line after a pause, so order is lost as at the real systems.
 * Nothing is sent to another machine, and nothing for a subscription that was removed meanwhile.
 */
export const createDeliverer = (options: DeliveryOptions): Deliverer => {
  const { standIn, faults, newId, onReport } = options;
  const pause = options.retryPauseMilliseconds ?? standIn.retries.pauseMilliseconds;
  const closing = new AbortController();
  const rest = createRest(closing.signal);
  const attempt = createAttempt(options, closing.signal, pause);
  const inLane = createLanes();
  const isInOrder = (): boolean =>
    !standIn.retries.isConcurrent || faults().reorders || faults().pauses;

  const deliverOne = async (delivery: StandInDelivery): Promise<StandInReport> => {
    const id = newId();
    const attempts: StandInAttempt[] = [];
    for (;;) {
      const next = () => attempt(delivery, attempts);
      const outcome = await (isInOrder() ? inLane(delivery.url, next) : next());
      const report = { id, delivery, attempts: [...attempts], outcome };
      onReport(report);
      if (outcome !== "underway") return report;
      await rest(pause);
    }
  };
  return {
    deliver: (deliveries) => Promise.all(toBurst(deliveries, faults()).map(deliverOne)),
    close: () => closing.abort(),
  };
};
