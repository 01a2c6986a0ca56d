import type { TriggerPayload } from "@prismatic-io/spectral";
import { toDelivery } from "../../delivery/describe-delivery";
import { hashBody } from "../../http/body-hash";
import type { InboundRequest } from "../../http/inbound-request";
import type { Provider } from "../../providers/provider";
import { verified } from "../../signatures/verdict";
import caught from "../example-payloads/catch-provider-webhook.json";
import { branches, type WebhookResult } from "../respond";

const surroundings = caught.payload as unknown as TriggerPayload;
const receivedAt = new Date(caught.payload.delivery.receivedAt);

/** What a managed trigger gives for the provider's first sample. */
export const toExamplePayload = (provider: Provider): WebhookResult => {
  const [{ headers = {}, body: data = {} } = {}] = Object.values(provider.samples);
  const text = typeof data === "string" ? data : JSON.stringify(data);
  const request: InboundRequest = {
    method: "POST",
    url: surroundings.invokeUrl,
    headers: new Map(Object.entries(headers)),
    query: new Map(),
    body: Buffer.from(text),
    bodyIsExact: true,
    receivedAt,
  };
  const bodyHash = hashBody(request);
  const events = provider.events.read({ request, data, bodyHash });
  return {
    branch: branches.notification,
    payload: {
      ...surroundings,
      headers: { "content-type": "application/json", ...headers },
      rawBody: { data: text, contentType: "application/json" },
      body: { data, contentType: "application/json" },
      delivery: toDelivery(request, { provider }, verified(0, null), events, bodyHash),
    },
  };
};
