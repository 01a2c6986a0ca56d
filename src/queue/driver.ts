import type { DriverTraits } from "./driver-traits";
import type { DeadLetter, Enqueued, LeasedMessage, NewMessage } from "./message";
import type { RetryPolicy } from "./policy";
import type { QueueStatus } from "./queue-status";

export interface LeaseRequest extends Pick<RetryPolicy, "maximumAttempts" | "onExhausted"> {
  /** Over all keys. */
  readonly maximumMessages: number;
  /** Consecutive messages of one key; an engine may give fewer. */
  readonly maximumPerKey: number;
  readonly leaseSeconds: number;
  /** The reason of a dead letter that had `maximumAttempts` leases and came back from the last without being settled. */
  readonly exhaustedReason: string;
}

/** One leased message, as a settling call names it. */
export interface Claim {
  readonly queue: string;
  /** `LeasedMessage.reference` */
  readonly reference: string;
}

/**
 * Why a settling call changed nothing.
 *
 * - `stale`: the lease is lost (it expired, or was settled before), and perhaps somebody else has the message.
 * - `early`: a message before it in the same lease is not settled yet.
 */
export type Unsettled = "stale" | "early";

export interface SetAside {
  readonly reason: string;
  /** Whether the key waits for it, instead of going on. */
  readonly blocksKey: boolean;
}

export interface DeadLetterPage {
  readonly deadLetters: readonly DeadLetter[];
  /** Where the next page begins; null after the last. */
  readonly cursor: string | null;
}

export interface Readiness {
  /** What a person should know before relying on the queue, such as settings of the engine that can lose messages. */
  readonly warnings: readonly string[];
}

/**
 * A queue engine behind the verbs of a strict FIFO queue. One driver serves every queue of one connection; it connects
 * on first use, and an open one does not keep the process alive.
 *
 * A lease is on an ordering key: while it lasts nobody else gets a message of that key. Its messages are settled in
 * order. Only the engine's clock counts.
 *
 * Values were checked by the caller (`src/queue/queue.ts`). All verbs may be called at the same time, from any process.
 * A verb that throws may have happened: it is safe to call again, because `enqueue` drops what it has seen, and settling
 * twice answers `stale`.
 *
 * @throws HooklineError QUEUE_UNAVAILABLE (retryable), QUEUE_UNUSABLE, CONNECTION_INVALID, INPUT_INVALID
 */
export interface QueueDriver {
  readonly traits: DriverTraits;
  /** Tells queues of one engine apart by where they are kept, such as a database and schema. Holds no secret. */
  readonly place: string;
  /** All or nothing, in the order given, one answer for each message. */
  readonly enqueue: (
    queue: string,
    messages: readonly NewMessage[],
    dedupeWindowSeconds: number,
  ) => Promise<readonly Enqueued[]>;
  /** Keys take turns. Messages of one key stand together, in order. */
  readonly lease: (queue: string, request: LeaseRequest) => Promise<readonly LeasedMessage[]>;
  /** Counts from now, and covers the other messages of the lease. */
  readonly extend: (claim: Claim, seconds: number) => Promise<Date | "stale">;
  readonly acknowledge: (claim: Claim) => Promise<"done" | Unsettled>;
  /** Each as by `acknowledge`, in the order given, in as few round trips as the engine allows. One answer for each. */
  readonly acknowledgeAll: (claims: readonly Claim[]) => Promise<readonly ("done" | Unsettled)[]>;
  /** Gives back the message and those behind it in the lease. Its key waits for the delay; the answer is its end. */
  readonly release: (claim: Claim, delaySeconds: number) => Promise<Date | Unsettled>;
  /** Sets the message aside. Those behind it in the lease stay leased, unless the key is blocked. */
  readonly deadLetter: (claim: Claim, aside: SetAside) => Promise<"done" | Unsettled>;
  readonly stats: (queue: string) => Promise<QueueStatus>;
  /** Oldest message first. */
  readonly listDeadLetters: (
    queue: string,
    page: { readonly limit: number; readonly cursor: string | null },
  ) => Promise<DeadLetterPage>;
  /**
   * Puts dead letters back, attempts reset: at the back of their key in the order of the list, or where it stood if its
   * key waits for it. All of them where no ids are given; unknown ids count for nothing.
   */
  readonly redrive: (queue: string, ids: readonly string[] | "all") => Promise<number>;
  /** Removes dead letters for good; a key that waited for one goes on. */
  readonly discard: (queue: string, ids: readonly string[]) => Promise<number>;
  /** Makes what the queue needs, if it is not there. */
  readonly ensure: (queue: string) => Promise<Readiness>;
  /** Removes the queue with everything in it. */
  readonly remove: (queue: string) => Promise<void>;
  readonly close: () => Promise<void>;
}
