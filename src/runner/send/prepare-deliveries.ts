import type { OutboundRequest } from "../../http/outbound-request";
import type { Provider } from "../../providers/provider";
import { type DraftChoice, draftDelivery } from "./draft-delivery";
import { planDeliveries, type SendPlan } from "./plan-deliveries";
import type { SendTarget } from "./send-target";

export interface DeliveryChoice extends DraftChoice {
  readonly plan: SendPlan;
  /** The time of signing. */
  readonly now: Date;
}

/** Signed deliveries of a provider for a flow. A provider that signs the URL signs the one that it was given, wherever the delivery goes. */
export const prepareDeliveries = async (
  provider: Provider,
  { url, secret, username, options, endpointUrl }: Omit<SendTarget, "trigger" | "queue">,
  { plan, now, ...choice }: DeliveryChoice,
): Promise<readonly OutboundRequest[]> => {
  const givenUrl = endpointUrl || url;
  const draft = draftDelivery(provider, givenUrl, choice);
  const signing = { secret, username, now, options: { ...provider.sampleOptions, ...options } };
  const deliveries = await planDeliveries(provider, draft, signing, plan);
  return deliveries.map((delivery) => ({
    ...delivery,
    url: url + delivery.url.slice(givenUrl.length),
  }));
};
