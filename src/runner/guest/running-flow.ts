import { AsyncLocalStorage } from "node:async_hooks";

/** Knows which flow the running code belongs to. */
export interface RunningFlow {
  readonly run: <Result>(flow: string, work: () => Promise<Result>) => Promise<Result>;
  readonly current: () => string | null;
}

/**
 * Following a flow across an `await` slows every promise down, so it begins with the first question.
 * Until then the answer is the flow that is starting, or the only one underway.
 */
export const createRunningFlow = (): RunningFlow => {
  const followed = new AsyncLocalStorage<string>();
  const underway = new Map<string, number>();
  let isFollowing = false;
  let starting: string | null = null;

  const count = (flow: string, change: number): void => {
    const runs = (underway.get(flow) ?? 0) + change;
    if (runs > 0) underway.set(flow, runs);
    else underway.delete(flow);
  };
  const start = <Result>(flow: string, work: () => Promise<Result>): Promise<Result> => {
    starting = flow;
    const running = isFollowing ? followed.run(flow, work) : work();
    starting = null;
    return running;
  };
  return {
    run: async (flow, work) => {
      count(flow, 1);
      const result = await start(flow, work);
      count(flow, -1);
      return result;
    },
    current: () => {
      isFollowing = true;
      const only = underway.size === 1 ? [...underway.keys()][0] : undefined;
      return followed.getStore() ?? starting ?? only ?? null;
    },
  };
};
