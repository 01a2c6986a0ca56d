import { input } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import { toChoice, toList, toPairs, toText } from "./clean";

const toStatus = (value: unknown): number | undefined => {
  const text = toText(value);
  if (text === "") return undefined;
  if (/^[2-5]\d\d$/.test(text)) return Number(text);
  throw new HooklineError(
    "INPUT_INVALID",
    "Response Status: enter a status from 200 to 599, or nothing.",
  );
};

/** How a request that is described by hand is challenged, answered and named, and from where it may come. */
export const rawReplyInputs = {
  challenge: input({
    label: "Challenge",
    type: "string",
    required: false,
    default: "none",
    comments:
      "How the sender tests the endpoint: a value in the query, body or header that has to be sent back.",
    placeholder: "Choose the kind of challenge",
    example: "echoQuery",
    model: [
      { label: "None", value: "none" },
      { label: "Echo a query parameter", value: "echoQuery" },
      { label: "Echo a field of the body", value: "echoBody" },
      { label: "Echo a header", value: "echoHeader" },
    ],
    clean: toChoice("Challenge", ["none", "echoQuery", "echoBody", "echoHeader"]),
  }),
  challengeField: input({
    label: "Challenge Field",
    type: "string",
    required: false,
    comments: "The query parameter, JSON field or header that holds the value to send back.",
    placeholder: "Enter the name of the field",
    example: "hub.challenge",
    clean: toText,
  }),
  challengeContentType: input({
    label: "Challenge Content Type",
    type: "string",
    required: false,
    default: "text/plain",
    comments:
      "The content type of the answer to a challenge. JSON sends the value back in a field of the same name.",
    placeholder: "Choose the content type",
    example: "text/plain",
    model: [
      { label: "text/plain", value: "text/plain" },
      { label: "application/json", value: "application/json" },
    ],
    clean: toChoice("Challenge Content Type", ["text/plain", "application/json"]),
  }),
  responseStatus: input({
    label: "Response Status",
    type: "string",
    required: false,
    comments: "The status of the reply to an accepted request, 200 when empty.",
    placeholder: "Enter an HTTP status",
    example: "202",
    clean: toStatus,
  }),
  responseContentType: input({
    label: "Response Content Type",
    type: "string",
    required: false,
    comments: "The content type of the reply to an accepted request.",
    placeholder: "Enter a content type",
    example: "application/json",
    clean: toText,
  }),
  responseHeaders: input({
    label: "Response Headers",
    type: "string",
    collection: "keyvaluelist",
    required: false,
    comments: "Further headers of the reply to an accepted request.",
    placeholder: "Enter a header",
    example: "X-Received-By",
    clean: toPairs,
  }),
  responseBody: input({
    label: "Response Body",
    type: "text",
    required: false,
    comments:
      "The reply to an accepted request, with {json:path}, {header:name}, {query:name} and {body} as placeholders. The platform's own reply is sent when this and the other response inputs are empty.",
    placeholder: "Enter the body of the reply",
    example: '{"received":"{json:id}"}',
    clean: toText,
  }),
  eventId: input({
    label: "Event ID",
    type: "string",
    required: false,
    comments:
      "What identifies an event over redeliveries, with {json:path}, {header:name} and {query:name} as placeholders. A hash of the body is used when this is empty.",
    placeholder: "Enter where the id is",
    example: "{header:X-Request-Id}",
    clean: toText,
  }),
  eventType: input({
    label: "Event Type",
    type: "string",
    required: false,
    comments:
      "What kind of event it is, with {json:path}, {header:name} and {query:name} as placeholders.",
    placeholder: "Enter where the type is",
    example: "{json:type}",
    clean: toText,
  }),
  orderingKey: input({
    label: "Ordering Key",
    type: "string",
    required: false,
    comments:
      "Which entity an event belongs to, with {json:path}, {header:name} and {query:name} as placeholders. Events that share one can be handled in order.",
    placeholder: "Enter where the entity's id is",
    example: "{json:order.id}",
    clean: toText,
  }),
  allowedSources: input({
    label: "Allowed Sources",
    type: "string",
    collection: "valuelist",
    required: false,
    comments:
      "The IP addresses and CIDR ranges that requests may come from. Every source is allowed when this is empty.",
    placeholder: "Enter an address or range",
    example: "203.0.113.0/24",
    clean: toList,
  }),
  sourceHeader: input({
    label: "Source Header",
    type: "string",
    required: false,
    comments:
      "The header in which the platform puts the sender's address. Its last address counts. Required with Allowed Sources.",
    placeholder: "Enter the name of the header",
    example: "X-Forwarded-For",
    clean: toText,
  }),
} as const;
