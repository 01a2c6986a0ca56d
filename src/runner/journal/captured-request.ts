/** One HTTP request as it came in, before anybody judged it. */
export interface CapturedRequest {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly flowId: string;
  readonly method: string;
  /** The request target as sent, neither decoded nor normalised. */
  readonly url: string;
  /** As received: order, case and repeats kept; bytes above 0x7f as latin1 characters. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}
