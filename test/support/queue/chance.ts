/** From 0 up to 1; the same row of numbers for the same seed. */
export type Chance = () => number;

/** Mulberry32: small, and good enough to throw dice with. */
export const createChance = (seed: number): Chance => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** A whole number inside the range, ends included. */
export const toWhole = (chance: Chance, from: number, to: number): number =>
  from + Math.floor(chance() * (to - from + 1));
