/** A time that moves only when everybody waits. */
export interface VirtualClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Lets time pass while nothing happens. */
  readonly pass: (milliseconds: number) => void;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Whoever waits is woken in the order of time, one at a time, after everything that can go on now has gone on. */
export const createVirtualClock = (start: number): VirtualClock => {
  const sleepers: Sleeper[] = [];
  let now = start;
  let isTurning = false;

  const takeNext = (): Sleeper | undefined => {
    const first = sleepers.reduce<Sleeper | undefined>(
      (earliest, sleeper) => (earliest && earliest.until <= sleeper.until ? earliest : sleeper),
      undefined,
    );
    if (first) sleepers.splice(sleepers.indexOf(first), 1);
    return first;
  };
  const turn = (): void => {
    const next = takeNext();
    if (next) {
      now = Math.max(now, next.until);
      next.wake();
      setImmediate(turn);
    } else isTurning = false;
  };

  return {
    now: () => now,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    wait: (milliseconds) =>
      new Promise((resolve) => {
        sleepers.push({ until: now + milliseconds, wake: resolve });
        if (!isTurning) setImmediate(turn);
        isTurning = true;
      }),
  };
};
