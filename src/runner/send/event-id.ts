import { hashBody } from "../../http/body-hash";
import { readJsonBody } from "../../http/json-body";
import { type OutboundRequest, toReceived } from "../../http/outbound-request";
import type { Provider } from "../../providers/provider";

/** The id of the first event in an unsigned delivery, as the provider's definition reads it; empty where it reads none. */
export const readEventId = ({ events }: Provider, request: OutboundRequest): string => {
  const received = toReceived(request, new Date());
  const data =
    readJsonBody(received) ?? Object.fromEntries(new URLSearchParams(request.body.toString()));
  try {
    const [event] = events.read({ request: received, data, bodyHash: hashBody(received) });
    return event?.id ?? "";
  } catch {
    return "";
  }
};
