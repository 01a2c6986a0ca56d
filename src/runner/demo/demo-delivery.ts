import type { OutboundRequest } from "../../http/outbound-request";

/** One request of the demo, and what it is there to show. */
export interface DemoDelivery {
  readonly shows: string;
  readonly request: OutboundRequest;
  /** What comes next waits until this was accepted, as the next event of an order has to. */
  readonly isRepeatedUntilAccepted?: boolean;
}
