export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const digits = (number) => {
  if (Math.abs(number) >= 100) return number.toFixed(0);
  return number.toFixed(Math.abs(number) >= 10 ? 1 : 2);
};

/** `1.23 (1.10–1.40)`: median, least and most. */
export const spread = (numbers) =>
  `${digits(median(numbers))} (${digits(Math.min(...numbers))}–${digits(Math.max(...numbers))})`;

/** Round by round, how many times `numbers` fits into `others`: above 1 where `numbers` are the smaller times. */
export const ratios = (others, numbers) => others.map((other, round) => other / numbers[round]);

export const differences = (numbers, others) =>
  numbers.map((number, round) => number - others[round]);

/** A figure beside what it should be. */
export const judge = (figure, target, isAtLeast) =>
  (isAtLeast ? figure >= target : figure <= target) ? "met" : "MISSED";

export { digits };
