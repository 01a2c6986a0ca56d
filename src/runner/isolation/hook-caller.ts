import type { HookReport } from "./messages";

/** Lifecycle functions run one after the other, so there is at most one to wait for. */
export interface HookCaller {
  readonly wait: () => Promise<HookReport>;
  /** False for a report that nobody waits for any more. */
  readonly settle: (report: HookReport) => boolean;
}

export const createHookCaller = (
  maximumMilliseconds: number,
  onOverdue: (reason: string) => void,
): HookCaller => {
  let finish: ((report: HookReport) => void) | undefined;

  const settle = (report: HookReport): boolean => {
    finish?.(report);
    const wasAwaited = finish !== undefined;
    finish = undefined;
    return wasAwaited;
  };
  const wait = (): Promise<HookReport> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        const failure = `it did not finish within ${maximumMilliseconds / 1000} seconds`;
        settle({ failure });
        onOverdue(`a lifecycle function was stuck: ${failure}`);
      }, maximumMilliseconds);
      finish = (report) => {
        clearTimeout(timer);
        resolve(report);
      };
    });
  return { wait, settle };
};
