const toNumber = (text: string | undefined): number | undefined =>
  text === undefined || text === "" ? undefined : Number(text);

/**
 * How long and where to look: `MODEL_RUNS` (plays for each driver) and `MODEL_SEED` (as a failure printed it).
 *
 * @param usualRuns What keeps the suite quick.
 */
export const toParameters = (usualRuns: number) => {
  const seed = toNumber(process.env.MODEL_SEED);
  const numRuns = toNumber(process.env.MODEL_RUNS) ?? usualRuns;
  return seed === undefined ? { numRuns } : { numRuns, seed };
};
