import { createHash } from "node:crypto";
import { readPath, readPathAll } from "../http/json-path";
import { type EventSource, type Events, unknownEvent, type WebhookEvent } from "./event";
import { describeField, type Field, type FieldContext, readField, readWholeField } from "./field";

export interface BodyEventsOptions {
  /** Unwraps a body that holds another one, such as JSON in a form field. */
  readonly unwrap?: (data: unknown) => unknown;
  /** Path of the batch inside the body, such as `events.*`; without it the body is one event, and where there is no such array one of type `unknown`. */
  readonly each?: string;
  readonly id?: Field;
  readonly type?: Field;
  readonly orderingKey?: Field;
}

/** Two bodies that differ only in a header's event type are two events. */
const hashId = (type: string, bodyHash: string, position: string): string =>
  createHash("sha256").update(`${type}\n${bodyHash}\n${position}`).digest("hex");

/** The empty path is a field like any other: the event itself. */
const readIf = (read: typeof readField, field: Field | undefined, context: FieldContext) =>
  field === undefined ? undefined : read(field, context);

const toEvent = (
  { id, type, orderingKey }: BodyEventsOptions,
  context: FieldContext,
  fallbackId: (type: string) => string,
): WebhookEvent => {
  const eventType = readIf(readField, type, context) ?? "unknown";
  return {
    id: readIf(readWholeField, id, context) ?? fallbackId(eventType),
    type: eventType,
    orderingKey: readIf(readField, orderingKey, context) ?? null,
    data: context.item,
  };
};

/** The entries of the batch; nothing where the body holds no such array. */
const readBatch = (data: unknown, each: string): readonly unknown[] | undefined => {
  const [array = ""] = each.split(/\.?\*/, 1);
  return Array.isArray(readPath(data, array)) ? readPathAll(data, each) : undefined;
};

/** Events of a body that was read into an object, by paths with fallbacks. An event without an id gets a hash of its delivery. */
export const bodyEvents = (options: BodyEventsOptions): Events => ({
  read: (source: EventSource) => {
    const data = options.unwrap ? options.unwrap(source.data) : source.data;
    const items = options.each === undefined ? [data] : readBatch(data, options.each);
    if (!items) return [unknownEvent(source.bodyHash, data)];
    return items.map((item, index) =>
      toEvent(options, { request: source.request, data, item }, (type) =>
        hashId(type, source.bodyHash, options.each === undefined ? "" : String(index)),
      ),
    );
  },
  description: {
    id: options.id ? describeField(options.id) : "hash of the body",
    type: describeField(options.type),
    orderingKey: describeField(options.orderingKey),
  },
});
