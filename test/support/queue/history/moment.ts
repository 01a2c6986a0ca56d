import type { Call } from "./events";

/** Milliseconds of the machine's monotonic clock, which is one and the same for all processes. */
export const toMoment = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

export const toCall = (start: number, end: number): Call => ({
  start,
  end,
  clockStart: start,
  clockEnd: end,
});
