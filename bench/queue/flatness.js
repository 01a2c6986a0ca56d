import { median, ratios } from "../measure/figures.js";

const ends = (rates) => {
  const levels = Object.keys(rates);
  return [rates[levels[0]], rates[levels.at(-1)]];
};

/** The speed with the most messages queued, that with the fewest being 1. */
export const flatness = (rates, contender) => {
  const [few, many] = ends(rates).map((at) => median(at.get(contender)));
  return many / few;
};

/** The same as shares of what the server itself did in the same rounds, so that a machine that became slower does not count. */
export const flatnessBesideServer = (rates, contender) => {
  const [few, many] = ends(rates).map((at) => {
    const server = [...at.values()].at(-1);
    return median(ratios(at.get(contender), server));
  });
  return many / few;
};
