import { toErrorAnswer } from "../platform/answer";
import type { RunCall, RunReport } from "./messages";
import { toUnrunReport } from "./unrun-report";

const MAXIMUM_BATCH_RUNS = 512;
const MAXIMUM_BATCH_BYTES = 16 * 1024 * 1024;

interface PendingRun {
  readonly call: RunCall;
  readonly body: Buffer;
  readonly settle: (report: RunReport) => void;
}

/** Runs that nobody has answered yet: waiting here, or underway in the component's process. */
export interface RunQueue {
  readonly add: (call: RunCall, body: Buffer) => Promise<RunReport>;
  /** Moves the longest waiting runs underway, as many as make one message. */
  readonly take: () => { readonly calls: readonly RunCall[]; readonly bodies: readonly Buffer[] };
  /** A report for a run that was given up meanwhile is dropped and answers false. */
  readonly settle: (report: RunReport) => boolean;
  readonly failUnderway: (message: string) => void;
  readonly failWaiting: (message: string) => void;
  readonly isBusy: () => boolean;
  /** Resolves as soon as nobody waits for an answer. */
  readonly whenIdle: () => Promise<void>;
}

const toFailedReport = (
  { run, executionId }: RunCall,
  status: number,
  message: string,
): RunReport => ({
  run,
  ...toUnrunReport(toErrorAnswer(status, message, executionId), message),
});

type Runs = Map<number, PendingRun>;

/** Moves runs from one place to the other, oldest first, as many as make one message. */
const moveBatch = (from: Runs, to: Runs): ReturnType<RunQueue["take"]> => {
  const calls: RunCall[] = [];
  const bodies: Buffer[] = [];
  let bytes = 0;
  for (const [id, run] of from) {
    if (calls.length === MAXIMUM_BATCH_RUNS || bytes > MAXIMUM_BATCH_BYTES) break;
    from.delete(id);
    to.set(id, run);
    calls.push(run.call);
    bodies.push(run.body);
    bytes += run.body.length;
  }
  return { calls, bodies };
};

/** Tells those who wait for it that nothing is left to do. */
const createIdleBell = (isBusy: () => boolean) => {
  let onIdle: (() => void)[] = [];
  return {
    ring: (): void => {
      if (isBusy() || onIdle.length === 0) return;
      for (const resolve of onIdle) resolve();
      onIdle = [];
    },
    wait: (): Promise<void> =>
      new Promise((resolve) => {
        if (isBusy()) onIdle.push(resolve);
        else resolve();
      }),
  };
};

export const createRunQueue = (answerMilliseconds: number, onMissed: () => void): RunQueue => {
  const waiting: Runs = new Map();
  const underway: Runs = new Map();
  const isBusy = (): boolean => waiting.size + underway.size > 0;
  const idle = createIdleBell(isBusy);

  const fail = (run: PendingRun, status: number, message: string): void => {
    waiting.delete(run.call.run);
    underway.delete(run.call.run);
    run.settle(toFailedReport(run.call, status, message));
    idle.ring();
  };
  const failAll = (runs: Runs, message: string): void => {
    for (const run of [...runs.values()]) fail(run, 500, message);
  };
  const miss = (run: PendingRun): void => {
    fail(run, 504, `The trigger gave no answer within ${answerMilliseconds / 1000} seconds.`);
    onMissed();
  };
  const add: RunQueue["add"] = (call, body) =>
    new Promise((resolve) => {
      const settle = (report: RunReport): void => {
        clearTimeout(timer);
        resolve(report);
      };
      const run = { call, body, settle };
      const timer = setTimeout(miss, answerMilliseconds, run);
      waiting.set(call.run, run);
    });
  const settle: RunQueue["settle"] = (report) => {
    const run = underway.get(report.run);
    underway.delete(report.run);
    run?.settle(report);
    idle.ring();
    return run !== undefined;
  };
  return {
    add,
    settle,
    take: () => moveBatch(waiting, underway),
    failUnderway: (message) => failAll(underway, message),
    failWaiting: (message) => failAll(waiting, message),
    isBusy,
    whenIdle: idle.wait,
  };
};
