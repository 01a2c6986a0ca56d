/** What can be done about a failure before the same is tried again. */
export interface Remedy {
  readonly fits: (error: unknown) => boolean;
  /** How often in one call. */
  readonly times: number;
  readonly apply: () => Promise<void> | void;
}

/** @param work Is told what failed before, oldest first. */
export const tryWithRemedies = <Result>(
  remedies: readonly Remedy[],
  work: (failures: readonly unknown[]) => Promise<Result>,
): Promise<Result> => {
  const attempt = async (failures: readonly unknown[]): Promise<Result> => {
    try {
      return await work(failures);
    } catch (error) {
      const remedy = remedies.find(({ fits }) => fits(error));
      if (!remedy || failures.filter(remedy.fits).length >= remedy.times) throw error;
      await remedy.apply();
      return attempt([...failures, error]);
    }
  };
  return attempt([]);
};
