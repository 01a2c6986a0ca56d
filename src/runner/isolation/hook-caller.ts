import type { HookReport } from "./messages";

/** Lifecycle functions run one after the other, so there is at most one to wait for. */
export interface HookCaller {
  readonly wait: () => Promise<HookReport>;
  /** False for a report that came too late. */
  readonly settle: (report: HookReport) => boolean;
  /** Whatever is waited for will not be reported any more. */
  readonly fail: (reason: string) => void;
}

/**
 * @param stopGuest ends the process in which a function is stuck; false where there is none. The wait
 * is over once `fail` says that it has ended, so that its end is not taken for that of the next function.
 */
export const createHookCaller = (
  maximumMilliseconds: number,
  stopGuest: (reason: string) => boolean,
): HookCaller => {
  let finish: ((report: HookReport) => void) | undefined;
  let overdue: string | undefined;

  const end = (report: HookReport): void => {
    finish?.(report);
    finish = undefined;
    overdue = undefined;
  };
  const fail = (reason: string): void => end({ failure: overdue ?? reason });
  const miss = (): void => {
    overdue = `it did not finish within ${maximumMilliseconds / 1000} seconds`;
    if (!stopGuest(`a lifecycle function was stuck: ${overdue}`)) fail(overdue);
  };
  const wait = (): Promise<HookReport> =>
    new Promise((resolve) => {
      const timer = setTimeout(miss, maximumMilliseconds);
      finish = (report) => {
        clearTimeout(timer);
        resolve(report);
      };
    });
  const settle = (report: HookReport): boolean => {
    const isAwaited = finish !== undefined && overdue === undefined;
    if (isAwaited) end(report);
    return isAwaited;
  };
  return { wait, settle, fail };
};
