import type { SqsClient } from "./client";
import type { QueueUrls } from "./queue-urls";

/** What the verbs work with. */
export interface SqsEngine {
  readonly call: SqsClient["call"];
  readonly urls: QueueUrls;
  /**
   * How long a call that finds nothing waits for a message, without which SQS asks only some of its servers, and how long
   * a new queue needs before it can be used.
   */
  readonly patienceSeconds: number;
}
