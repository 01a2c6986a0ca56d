import type { InboundRequest } from "../http/inbound-request";
import { readPathAll, toText } from "../http/json-path";
import type { OutboundRequest } from "../http/outbound-request";
import { writeSource } from "../http/outbound-request";
import { describeSource, readSource, type Source } from "../http/source";
import { type Grammar, plain } from "./grammar";

/** Where a value sits, and in which shape. */
export type Carrier = Source & { readonly grammar?: Grammar };

/** Every value the carrier holds. With an `item` (one entry of a batch) a JSON path starts there. */
export const readCarrier = (
  carrier: Carrier,
  request: InboundRequest,
  item?: unknown,
): readonly string[] => {
  const texts =
    item !== undefined && "json" in carrier
      ? readPathAll(item, carrier.json).flatMap((value) => toText(value) ?? [])
      : readSource(carrier, request);
  if (!carrier.grammar) return texts;
  // Nearly always there is one text, and `flatMap` over it costs more than reading it.
  const [only = "", ...others] = texts;
  return texts.length > 0 && others.length === 0
    ? carrier.grammar.read(only)
    : texts.flatMap(carrier.grammar.read);
};

const currentText = (carrier: Carrier, request: OutboundRequest): string | undefined =>
  "header" in carrier ? request.headers[carrier.header] : undefined;

/** A copy of the request in which the carrier holds the value, beside what other grammars wrote into the same header. */
export const writeCarrier = (
  carrier: Carrier,
  value: string,
  request: OutboundRequest,
): OutboundRequest => {
  const { write, separator } = carrier.grammar ?? plain;
  const before = currentText(carrier, request);
  const text = before === undefined ? write(value) : `${before}${separator}${write(value)}`;
  return writeSource(carrier, text, request);
};

export const describeCarrier = (carrier: Carrier): string =>
  carrier.grammar
    ? `${describeSource(carrier)} as ${carrier.grammar.shape}`
    : describeSource(carrier);

/** Headers that differ only in a trailing number, as `x-signature-1`, `x-signature-2`: one per active key. */
export const numberedHeaders = (prefix: string, count: number): readonly Carrier[] =>
  Array.from({ length: count }, (_, index) => ({ header: `${prefix}${index + 1}` }));
