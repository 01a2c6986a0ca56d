import type { DriverTraits } from "../../driver-traits";

/** Body and attributes of one message, and all bodies of one batch. AWS raised it from 256 KiB in August 2025. */
export const LARGEST_MESSAGE_BYTES = 1_048_576;

/**
 * What the envelope can need beside the body: two keys of 4,096 bytes, of which each byte can become six as JSON (NUL),
 * a reason of 1,000 characters, and the message's origin: less than 56 KiB.
 */
const LARGEST_ENVELOPE_BYTES = 65_536;

export const sqsTraits: DriverTraits = {
  engine: "Amazon SQS",
  largestBodyBytes: LARGEST_MESSAGE_BYTES - LARGEST_ENVELOPE_BYTES,
  longestDelaySeconds: 0,
  usualDedupeWindowSeconds: 300,
  dedupeWindowIsFixed: true,
  tellsDuplicates: false,
  enqueuesAllOrNone: false,
  mostPerKey: 1,
  canBlockKeys: false,
  namesOldestKeys: false,
  choosesKeysItself: true,
  countsWaitingAsLeased: true,
};
