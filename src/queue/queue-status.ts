export interface KeyStatus {
  readonly orderingKey: string;
  /** How many messages of the key wait or are leased. */
  readonly messages: number;
  /** Since its first message was enqueued. */
  readonly waitingSeconds: number;
  readonly state: "ready" | "delayed" | "leased" | "blocked";
}

/** How a queue stands. Every message is counted once. */
export interface QueueStatus {
  /** Can be leased, now or when those before them in their key are settled. */
  readonly ready: number;
  /** Of keys that wait for a time: a delay or a backoff. */
  readonly delayed: number;
  /** Under a lease. */
  readonly leased: number;
  /** Behind a dead letter that their key waits for. */
  readonly blocked: number;
  /** Set aside, those that keys wait for included. */
  readonly dead: number;
  /** Keys that wait for a dead letter to be redriven or discarded. */
  readonly blockedKeys: number;
  /** Since the oldest ready message was enqueued; null without one, or where the engine cannot tell. */
  readonly oldestReadySeconds: number | null;
  /** Up to ten keys whose first message is the oldest, oldest first. */
  readonly oldestKeys: readonly KeyStatus[];
}
