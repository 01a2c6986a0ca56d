/** What is handed over to a queue. */
export interface NewMessage {
  /** Messages that share one are handled one at a time, in order. 1 to 4,096 bytes of UTF-8; any characters. */
  readonly orderingKey: string;
  /** Repeats inside the dedupe window are dropped, whatever their ordering key. 1 to 4,096 bytes of UTF-8; any characters. */
  readonly dedupeKey: string;
  /** Text without NUL, as `toStoredBody` makes it. */
  readonly body: string;
  /** Not leased before that; the messages behind it in its key wait as well. */
  readonly delaySeconds: number;
}

/** What became of one message that was handed over. A duplicate has the id of the message it repeats, where the engine can tell. */
export interface Enqueued {
  readonly status: "enqueued" | "duplicate";
  readonly id: string;
}

interface StoredMessage {
  /** Names the message for its whole life, dead letter and redrive included. */
  readonly id: string;
  readonly orderingKey: string;
  readonly dedupeKey: string;
  readonly body: string;
  /** How many leases it has had as the first of its key, this one included. */
  readonly attempt: number;
  readonly enqueuedAt: Date;
}

/** A message under a lease. */
export interface LeasedMessage extends StoredMessage {
  /** The driver's own name for this lease of this message: what a settling call presents. */
  readonly reference: string;
  /** From then on, by the engine's clock, the lease is lost. */
  readonly expiresAt: Date;
}

/** A message that was set aside. */
export interface DeadLetter extends StoredMessage {
  readonly reason: string;
  readonly deadAt: Date;
  /** Its key waits until it is redriven or discarded. */
  readonly isBlocking: boolean;
}
