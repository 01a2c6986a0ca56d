import type { StandInAttempt, StandInDelivery, StandInRetries } from "./stand-in";

const LONGEST_ANSWER = 2_000;

/** Waits, or less long when everything is stopped. */
export const createRest =
  (signal: AbortSignal) =>
  (milliseconds: number): Promise<void> => {
    if (milliseconds === 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener("abort", end);
    });
  };

/** One lane for each URL: what is in it happens one after another. */
export const createLanes = () => {
  const lanes = new Map<string, Promise<unknown>>();
  return <Result>(url: string, task: () => Promise<Result>): Promise<Result> => {
    const next = (lanes.get(url) ?? Promise.resolve()).then(task);
    const settled = next.catch(() => undefined);
    lanes.set(url, settled);
    return next;
  };
};

/** The code of what went wrong below HTTP, never the URL, which may hold a secret. */
const describeFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return "the request failed";
  if (error.name === "TimeoutError") return "no answer in time";
  const { code } = (error.cause ?? error) as NodeJS.ErrnoException;
  return typeof code === "string" ? code : "the request failed";
};

export interface Posting {
  readonly retries: StandInRetries;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** Sends a delivery once, `count` from 1. */
export const postOnce = async (
  { url, headers, body }: StandInDelivery,
  count: number,
  { retries, now, signal }: Posting,
): Promise<StandInAttempt> => {
  const at = now();
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: { ...headers, ...retries.headers?.(count, at) },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(retries.timeoutMilliseconds)]),
    });
    const answer = (await response.text()).slice(0, LONGEST_ANSWER);
    return { at: at.toISOString(), status: response.status, answer };
  } catch (error) {
    return { at: at.toISOString(), failure: describeFailure(error) };
  }
};
