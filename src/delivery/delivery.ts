import type { WebhookEvent } from "../events/event";
import type { RejectionReason } from "../signatures/verdict";

/** What a flow sees as `payload.delivery`; its keys are public and never change. */
export interface Delivery {
  readonly provider: string;
  /** False only where the builder chose no signature, or in a simulated test. */
  readonly verified: boolean;
  /** 0 current, 1 previous; null where no secret of ours decided. */
  readonly secretIndex: number | null;
  /** Stable over redeliveries: the dedupe id to give a Sequential or Throttled flow. */
  readonly id: string;
  /** In the provider's own spelling; `unknown` where it cannot be told. */
  readonly type: string;
  readonly orderingKey: string | null;
  /** ISO 8601, where the provider signs a time. */
  readonly sentAt: string | null;
  /** ISO 8601. */
  readonly receivedAt: string;
  /** SHA-256 of the exact bytes, hex. */
  readonly bodyHash: string;
  readonly events: readonly WebhookEvent[];
  /** Only on a rejected delivery. */
  readonly rejection?: { readonly reason: RejectionReason; readonly detail: string };
}
