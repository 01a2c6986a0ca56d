/** A clock for the reference that moves only when it is told to. */
export interface CountingClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly jump: (seconds: number) => void;
}

export const createCountingClock = (): CountingClock => {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => now,
    jump: (seconds) => {
      now += seconds * 1000;
    },
  };
};
