import { input } from "@prismatic-io/spectral";
import { toText } from "./clean";

/** How the event in a request that is described by hand is named. */
export const rawEventInputs = {
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
} as const;
