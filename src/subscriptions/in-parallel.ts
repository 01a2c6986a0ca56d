const AT_ONCE = 4;

export interface Finished<Result> {
  readonly results: readonly Result[];
  /** What was thrown, in the order in which it happened. */
  readonly failures: readonly unknown[];
}

/** Runs tasks a few at a time. After a failure nothing new is started; what is underway is waited for. */
export const inParallel = async <Task, Result>(
  tasks: readonly Task[],
  perform: (task: Task) => Promise<Result>,
): Promise<Finished<Result>> => {
  const waiting = [...tasks];
  const results: Result[] = [];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      if (failures.length > 0) return;
      try {
        results.push(await perform(task));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { results, failures };
};
