/** The limits that an engine imposes. Shared code and the contract suite go by these, never by a driver's name. */
export interface DriverTraits {
  /** As a person knows it, such as "Amazon SQS". */
  readonly engine: string;
  /** The largest body as it is stored, in bytes of UTF-8. */
  readonly largestBodyBytes: number;
  /** The longest `delaySeconds` of a new message; 0 where single messages cannot wait. */
  readonly longestDelaySeconds: number;
  /** The window where none is asked for. */
  readonly usualDedupeWindowSeconds: number;
  /** Whether the usual window is the only one. */
  readonly dedupeWindowIsFixed: boolean;
  /** Whether a repeat is answered `duplicate`; otherwise it is dropped and answered `enqueued`. */
  readonly tellsDuplicates: boolean;
  /** Whether several messages are enqueued all or none; otherwise a failed call is repeated, and what had arrived is dropped as a repeat. */
  readonly enqueuesAllOrNone: boolean;
  /** The most messages of one key under one lease. */
  readonly mostPerKey: number;
  /** Whether a key can wait for a person (`block`). */
  readonly canBlockKeys: boolean;
  /** Whether `stats` names the oldest keys and their age. */
  readonly namesOldestKeys: boolean;
  /** Set where the engine itself chooses whose turn it is; otherwise a key with much to do does not hold up one with little. */
  readonly choosesKeysItself?: true;
  /** Set where `stats` cannot tell a message that waits for its backoff from a leased one, and counts it as such. */
  readonly countsWaitingAsLeased?: true;
}

/** Of an engine that imposes none: these are limits that we set ourselves, the same for all such engines. */
export const ownLimits: Omit<DriverTraits, "engine"> = {
  largestBodyBytes: 16_777_216,
  longestDelaySeconds: 2_592_000,
  usualDedupeWindowSeconds: 259_200,
  dedupeWindowIsFixed: false,
  tellsDuplicates: true,
  enqueuesAllOrNone: true,
  mostPerKey: 1000,
  canBlockKeys: true,
  namesOldestKeys: true,
};
