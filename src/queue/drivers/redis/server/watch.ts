interface Watched {
  readonly deadline: number;
  readonly giveUp: () => void;
}

/** Watches a call until the function that it returns is called. */
export type Watch = (milliseconds: number, giveUp: () => void) => () => void;

const CHECK_MILLISECONDS = 500;

/**
 * Gives up on calls that take too long, give or take half a second. All share one timer, because one each would cost as
 * much as the call. It does not keep the process alive.
 */
export const createWatch = (): Watch => {
  const calls = new Set<Watched>();
  let isScheduled = false;

  const check = (): void => {
    isScheduled = false;
    const now = performance.now();
    const late = [...calls].filter(({ deadline }) => deadline <= now);
    for (const call of late) {
      calls.delete(call);
      call.giveUp();
    }
    if (calls.size > 0) schedule();
  };

  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(check, CHECK_MILLISECONDS).unref();
  };

  return (milliseconds, giveUp) => {
    const call = { deadline: performance.now() + milliseconds, giveUp };
    calls.add(call);
    schedule();
    return () => {
      calls.delete(call);
    };
  };
};
