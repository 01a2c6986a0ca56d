/**
 * What somebody saw of one call to a queue. `start` and `end` put calls in order: a call took effect at some time between
 * them. `clockStart` and `clockEnd` are what the engine's clock showed then, in milliseconds of whatever origin: the same
 * thing in a run in real time, and something else where a test moves the clock.
 */
export interface Call {
  readonly start: number;
  readonly end: number;
  readonly clockStart: number;
  readonly clockEnd: number;
}

/** One message handed over, by one call. */
export interface Entered extends Call {
  readonly kind: "entered";
  readonly key: string;
  /** Names the message; the same again where a producer repeats itself. */
  readonly message: string;
  /** The place inside the call. */
  readonly rank: number;
  readonly windowSeconds: number;
  /** `unknown`: the call failed, and may have happened. */
  readonly answer: "enqueued" | "duplicate" | "unknown";
}

/** A key that was leased, with its messages in order. */
export interface Granted extends Call {
  readonly kind: "granted";
  readonly lease: string;
  readonly key: string;
  readonly leaseSeconds: number;
  readonly messages: readonly {
    readonly message: string;
    /** The engine's own name for it. */
    readonly id: string;
    readonly attempt: number;
  }[];
}

/** The work on a message, between its lease and its acknowledgement. */
export interface Processed extends Call {
  readonly kind: "processed";
  readonly lease: string;
  readonly message: string;
}

export interface Settled extends Call {
  readonly kind: "settled";
  readonly lease: string;
  readonly message: string;
  readonly how: "acknowledge" | "release" | "setAside" | "block" | "extend";
  readonly answer: "done" | "stale" | "early" | "unknown";
  /** Of `extend`. */
  readonly seconds?: number;
}

/** What happened to a message without a lease. */
export interface Moved extends Call {
  readonly kind: "moved";
  readonly key: string;
  readonly message: string;
  /** `gone`: set aside after its last attempt, or discarded; `held`: the same, and its key waits; `restored`: it no longer waits. */
  readonly to: "gone" | "held" | "restored";
}

export type QueueEvent = Entered | Granted | Processed | Settled | Moved;
export type History = readonly QueueEvent[];
