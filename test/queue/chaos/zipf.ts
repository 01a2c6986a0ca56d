import type { Chance } from "../../support/queue/chance";

/** Draws 0 to `count` - 1: 1 half as often as 0, 2 a third as often, and so on. */
export const createZipf = (count: number, chance: Chance): (() => number) => {
  let sum = 0;
  const sums = Array.from({ length: count }, (_, rank) => {
    sum += 1 / (rank + 1);
    return sum;
  });
  return () => {
    const drawn = chance() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};
