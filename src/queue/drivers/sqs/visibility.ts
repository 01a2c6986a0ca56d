import { LONGEST_LEASE_SECONDS } from "../../limits";
import { readAnswerTime } from "./client";
import type { SqsEngine } from "./engine";
import type { HeldMessage } from "./reference";
import { isBeyondLongestLease, isLostLease, readServiceError } from "./service-error";

/** The clocks of two answers differ by less than this. */
const MARGIN_SECONDS = 2;

/** What is left of the 12 hours after a message was received. */
const toRemainingSeconds = ({ leasedAt }: HeldMessage, error: unknown): number => {
  const now = readAnswerTime(readServiceError(error).response).getTime();
  const gone = Math.ceil((now - leasedAt) / 1000) + MARGIN_SECONDS;
  return Math.max(0, LONGEST_LEASE_SECONDS - gone);
};

/**
 * Keeps a leased message, and so its key, from everybody for some time from now on; 0 gives it back. SQS allows 12 hours
 * after it was leased: where more is asked for, it gets what is left.
 *
 * @returns The end by the service's clock, up to a second early.
 */
export const changeVisibility = async (
  { call }: SqsEngine,
  url: string,
  held: HeldMessage,
  seconds: number,
): Promise<Date | "stale"> => {
  const change = async (timeout: number): Promise<Date> => {
    const { at } = await call((sqs) =>
      sqs.changeMessageVisibility({
        QueueUrl: url,
        ReceiptHandle: held.receipt,
        VisibilityTimeout: timeout,
      }),
    );
    return new Date(at.getTime() + timeout * 1000);
  };
  try {
    return await change(seconds).catch((error: unknown) => {
      if (isBeyondLongestLease(error)) return change(toRemainingSeconds(held, error));
      throw error;
    });
  } catch (error) {
    if (isLostLease(error)) return "stale";
    throw error;
  }
};
