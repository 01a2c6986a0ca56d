import type { ParsedBody } from "../events/body";
import { unknownEvent, type WebhookEvent } from "../events/event";
import { readBody } from "../events/read-body";
import { hashBody } from "../http/body-hash";
import type { InboundRequest } from "../http/inbound-request";
import type { Provider } from "../providers/provider";

/** Reads a verified request. What cannot be read as expected is delivered all the same, as one event of type `unknown`. */
export const readDelivery = async (
  request: InboundRequest,
  { events }: Provider,
): Promise<{
  readonly body: ParsedBody;
  readonly events: readonly WebhookEvent[];
  readonly bodyHash: string;
}> => {
  const body = await readBody(request.body, request.headers.get("content-type"));
  const bodyHash = hashBody(request);
  try {
    return { body, bodyHash, events: events.read({ request, data: body.data, bodyHash }) };
  } catch {
    return { body, bodyHash, events: [unknownEvent(bodyHash, body.data)] };
  }
};
