import { deflateRawSync, inflateRawSync } from "node:zlib";
import { HooklineError } from "../../../errors";
import { type Envelope, type Origin, readEnvelope, writeEnvelope } from "./envelope";
import type { Received } from "./receive";
import { LARGEST_MESSAGE_BYTES } from "./traits";

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
  const text = writeEnvelope({ orderingKey, dedupeKey, body });
  const deflated = deflateRawSync(text).toString("base64");
  const parts: Parts = [receipt, messageId, attempt, leasedAt, origin, deflated];
  return JSON.stringify(parts);
};

const inflate = (deflated: string): Envelope => {
  const bytes = inflateRawSync(Buffer.from(deflated, "base64"), {
    maxOutputLength: LARGEST_MESSAGE_BYTES,
  });
  return readEnvelope(bytes.toString(), { orderingKey: "", dedupeKey: "" });
};

/** @throws HooklineError LEASE_INVALID */
export const readReference = (reference: string): HeldMessage => {
  try {
    const [receipt, messageId, attempt, leasedAt, origin, deflated] = JSON.parse(
      reference,
    ) as Parts;
    return { receipt, messageId, attempt, leasedAt, origin, envelope: inflate(deflated) };
  } catch (cause) {
    throw new HooklineError(
      "LEASE_INVALID",
      "Lease: it is none of Amazon SQS. Reference the lease of a message as Lease Messages or Drain Queue gave it.",
      { cause },
    );
  }
};
