/** What happens to a message that is not acknowledged. It is chosen when a message is leased, and travels with the lease. */
export interface RetryPolicy {
  /** Leases that a message gets; one whose run died counts. */
  readonly maximumAttempts: number;
  /** The pause after the first failure; it doubles with each further one. */
  readonly backoffSeconds: number;
  /** No pause is longer. */
  readonly maximumBackoffSeconds: number;
  /** After the last attempt: the key goes on without the message, or waits until a person has decided. */
  readonly onExhausted: "deadLetter" | "block";
}

/**
 * How long a key waits after a failed attempt: doubling, capped, and shortened by up to half at random, so that keys
 * that failed together do not come back together.
 *
 * @param attempt The attempt that failed, from 1.
 * @param chance From 0 up to 1.
 */
export const toBackoffSeconds = (
  { backoffSeconds, maximumBackoffSeconds }: RetryPolicy,
  attempt: number,
  chance: number,
): number => {
  const pause = Math.min(backoffSeconds * 2 ** Math.min(attempt - 1, 60), maximumBackoffSeconds);
  return pause * (1 - chance / 2);
};

export const isExhausted = ({ maximumAttempts }: RetryPolicy, attempt: number): boolean =>
  attempt >= maximumAttempts;
