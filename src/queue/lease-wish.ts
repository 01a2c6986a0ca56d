import { HooklineError } from "../errors";
import type { LeaseRequest } from "./driver";
import type { DriverTraits } from "./driver-traits";
import { checkWhole, LONGEST_LEASE_SECONDS } from "./limits";
import type { RetryPolicy } from "./policy";

/** What a consumer asks for. */
export interface LeaseWish extends RetryPolicy {
  /** Over all keys, 1 to 1,000. */
  readonly maximumMessages: number;
  /** Consecutive messages of one key, 1 to 1,000; an engine may give fewer. */
  readonly maximumPerKey: number;
  /** 1 to 43,200. */
  readonly leaseSeconds: number;
}

const checkRanges = (wish: LeaseWish): void => {
  checkWhole("Maximum Messages", wish.maximumMessages, 1, 1000);
  checkWhole("Maximum Per Key", wish.maximumPerKey, 1, 1000);
  checkWhole("Lease (Seconds)", wish.leaseSeconds, 1, LONGEST_LEASE_SECONDS);
  checkWhole("Maximum Attempts", wish.maximumAttempts, 1, 1000);
  checkWhole("Backoff (Seconds)", wish.backoffSeconds, 0, LONGEST_LEASE_SECONDS);
  checkWhole("Maximum Backoff (Seconds)", wish.maximumBackoffSeconds, 0, LONGEST_LEASE_SECONDS);
};

/** @throws HooklineError INPUT_INVALID */
export const toLeaseRequest = (wish: LeaseWish, traits: DriverTraits): LeaseRequest => {
  checkRanges(wish);
  const { maximumMessages, maximumPerKey, leaseSeconds, maximumAttempts, onExhausted } = wish;
  if (onExhausted === "block" && !traits.canBlockKeys)
    throw new HooklineError(
      "INPUT_INVALID",
      `On Exhausted: ${traits.engine} cannot hold a key back for longer than 12 hours. Choose to set the message aside as a dead letter.`,
    );
  return {
    maximumMessages,
    maximumPerKey: Math.min(maximumPerKey, traits.mostPerKey),
    leaseSeconds,
    maximumAttempts,
    onExhausted,
    exhaustedReason: `Leased ${maximumAttempts} times without being settled: the runs died, or took longer than the lease.`,
  };
};
