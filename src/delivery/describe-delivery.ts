import type { WebhookEvent } from "../events/event";
import { hashBody } from "../http/body-hash";
import type { InboundRequest } from "../http/inbound-request";
import type { Rejected, Verdict } from "../signatures/verdict";
import type { Delivery } from "./delivery";
import type { DeliverySettings } from "./settings";

/** What all events share; nothing where they differ. */
const shared = <Value>(values: readonly Value[]): Value | undefined =>
  values.every((value) => value === values[0]) ? values[0] : undefined;

const identify = (events: readonly WebhookEvent[], bodyHash: string) => ({
  id: (events.length === 1 && events[0]?.id) || bodyHash,
  type: shared(events.map(({ type }) => type)) ?? "unknown",
  orderingKey: shared(events.map(({ orderingKey }) => orderingKey)) ?? null,
});

export const toDelivery = (
  request: InboundRequest,
  { provider }: Pick<DeliverySettings, "provider">,
  verdict: Exclude<Verdict, Rejected>,
  events: readonly WebhookEvent[],
  bodyHash = hashBody(request),
): Delivery => {
  const isVerified = verdict.kind === "verified";
  return {
    provider: provider.id,
    verified: isVerified,
    secretIndex: isVerified ? verdict.secretIndex : null,
    ...identify(events, bodyHash),
    sentAt: isVerified ? (verdict.sentAt?.toISOString() ?? null) : null,
    receivedAt: request.receivedAt.toISOString(),
    bodyHash,
    events,
  };
};

/** A rejected delivery tells why, and nothing of what it carried. */
export const toRejectedDelivery = (
  request: InboundRequest,
  { provider }: DeliverySettings,
  { reason, detail }: Pick<Rejected, "reason" | "detail">,
): Delivery => {
  const bodyHash = hashBody(request);
  return {
    provider: provider.id,
    verified: false,
    secretIndex: null,
    id: bodyHash,
    type: "unknown",
    orderingKey: null,
    sentAt: null,
    receivedAt: request.receivedAt.toISOString(),
    bodyHash,
    events: [],
    rejection: { reason, detail },
  };
};
