import type { EventSource, Events } from "../events/event";
import type { InboundRequest } from "../http/inbound-request";
import { readJsonBody } from "../http/json-body";
import type { Reply } from "../http/reply";
import { createRequestTemplate } from "../http/request-template";
import type { Provider } from "../providers/provider";
import { type RawChallenge, toRawChallenge } from "./raw-challenge";
import { type RawSignature, toRawScheme } from "./raw-signature";

/** The inputs of a reply that is described by hand. */
export interface RawReply {
  readonly responseStatus: number | undefined;
  readonly responseContentType: string;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
}

/** The inputs that name an event, described by hand. */
export interface RawEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly orderingKey: string;
}

const createReader = (template: string, input: string) => {
  const render = createRequestTemplate(template, input);
  return ({ request, data }: EventSource): string | undefined => {
    const { text, isComplete } = render({ request, data });
    return isComplete && text !== "" ? text : undefined;
  };
};

/** One request is one event. An id that cannot be read is replaced by the body's hash. */
const toEvents = ({ eventId, eventType, orderingKey }: RawEvent): Events => {
  const readId = createReader(eventId, "Event ID");
  const readType = createReader(eventType, "Event Type");
  const readKey = createReader(orderingKey, "Ordering Key");
  return {
    read: (source) => [
      {
        id: readId(source) ?? source.bodyHash,
        type: readType(source) ?? "unknown",
        orderingKey: readKey(source) ?? null,
        data: source.data,
      },
    ],
    description: {
      id: eventId || "hash of the body",
      type: eventType || "unknown",
      orderingKey: orderingKey || "none",
    },
  };
};

const isEmpty = (reply: RawReply): boolean =>
  reply.responseStatus === undefined &&
  reply.responseContentType === "" &&
  reply.responseBody === "" &&
  Object.keys(reply.responseHeaders).length === 0;

/** No reply of our own where no response input is filled in. What a request put into the body must not be taken for a page. */
const toAcknowledgement = (reply: RawReply): ((request: InboundRequest) => Reply) | undefined => {
  if (isEmpty(reply)) return undefined;
  const render = createRequestTemplate(reply.responseBody, "Response Body");
  return (request) => ({
    status: reply.responseStatus ?? 200,
    contentType: reply.responseContentType || "text/plain",
    headers: { "X-Content-Type-Options": "nosniff", ...reply.responseHeaders },
    body: render({ request, data: readJsonBody(request) }).text,
  });
};

/** A provider made of the inputs of Catch Raw Webhook, for the one pipeline that all deliveries take. */
export const toRawProvider = (raw: RawSignature & RawChallenge & RawReply & RawEvent): Provider => {
  const challenge = toRawChallenge(raw);
  const acknowledgement = toAcknowledgement(raw);
  return {
    id: "raw",
    name: "Raw",
    docs: "",
    evidence: "assumed",
    secret: "",
    signature: toRawScheme(raw),
    events: toEvents(raw),
    samples: {},
    ...(challenge && { challenge }),
    ...(acknowledgement && { acknowledgement }),
  };
};
