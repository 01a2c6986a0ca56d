import type { SqsClient } from "./client";
import type { QueueUrls } from "./queue-urls";

/** What the verbs work with. */
export interface SqsEngine {
  readonly call: SqsClient["call"];
  readonly urls: QueueUrls;
  /** How long an answer that finds nothing waits for a message: without it SQS asks only some of its servers. */
  readonly patienceSeconds: number;
}
