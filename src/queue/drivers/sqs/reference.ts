import { deflateRawSync, inflateRawSync } from "node:zlib";
import { unreadableLease } from "../../handle";
import type { Envelope, Origin } from "./envelope";
import type { Received } from "./receive";

/** More than 1 MiB becomes as JSON; a forged lease does not fill the memory. */
const LARGEST_INFLATED_BYTES = 8_388_608;

/**
 * What a settling call has to know. Whoever settles may be another process, and SQS hands out no message by its receipt:
 * to set a message aside is to send it again, so the lease carries all of it, deflated.
 */
export type HeldMessage = Pick<Received, "receipt" | "messageId" | "envelope" | "origin"> & {
  readonly attempt: number;
  /** Milliseconds, by the service's clock. */
  readonly leasedAt: number;
};

type Parts = readonly [
  receipt: string,
  messageId: string,
  attempt: number,
  leasedAt: number,
  origin: Origin,
  deflated: string,
];

export const writeReference = (held: HeldMessage): string => {
  const { receipt, messageId, attempt, leasedAt, envelope, origin } = held;
  const { orderingKey, dedupeKey, body } = envelope;
  const text = JSON.stringify([orderingKey, dedupeKey, body]);
  const deflated = deflateRawSync(text).toString("base64");
  const parts: Parts = [receipt, messageId, attempt, leasedAt, origin, deflated];
  return JSON.stringify(parts);
};

const inflate = (deflated: string): Envelope => {
  const bytes = inflateRawSync(Buffer.from(deflated, "base64"), {
    maxOutputLength: LARGEST_INFLATED_BYTES,
  });
  const [orderingKey, dedupeKey, body] = JSON.parse(bytes.toString()) as [string, string, string];
  return { orderingKey, dedupeKey, body };
};

/** @throws HooklineError LEASE_INVALID */
export const readReference = (reference: string): HeldMessage => {
  try {
    const [receipt, messageId, attempt, leasedAt, origin, deflated] = JSON.parse(
      reference,
    ) as Parts;
    return { receipt, messageId, attempt, leasedAt, origin, envelope: inflate(deflated) };
  } catch (cause) {
    throw unreadableLease(cause);
  }
};
