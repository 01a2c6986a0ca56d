import { randomInt } from "node:crypto";
import type { OutboundRequest } from "../../http/outbound-request";

/** Shorter texts are too likely to stand elsewhere in the delivery too. */
const SHORTEST_ID = 6;
const SUFFIX_DIGITS = 6;

const newSuffix = () => String(randomInt(10 ** (SUFFIX_DIGITS - 1), 10 ** SUFFIX_DIGITS));

/** Adds a field, for providers whose events are told apart by their content alone. */
const withMark = (text: string, mark: string): string => {
  if (/\}\s*\]?\s*$/.test(text)) return text.replace(/\}(\s*\]?\s*)$/, `,"sample":${mark}}$1`);
  return text.includes("=") && !text.startsWith("<") ? `${text}&sample=${mark}` : `${text}\n`;
};

const replaceId = (request: OutboundRequest, id: string, next: string): OutboundRequest => {
  const replace = (text: string) => text.replaceAll(id, next);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, replace(value)]);
  const body = Buffer.from(replace(request.body.toString("utf8")));
  return { ...request, headers: Object.fromEntries(headers), body };
};

const holdsId = ({ headers, body }: OutboundRequest, id: string): boolean =>
  id.length >= SHORTEST_ID &&
  (body.includes(id) || Object.values(headers).some((value) => value.includes(id)));

/** A copy of an unsigned delivery that stands for another event: its id is replaced wherever it occurs. */
export const toDistinctDelivery = (request: OutboundRequest, id: string): OutboundRequest => {
  const suffix = newSuffix();
  return holdsId(request, id)
    ? replaceId(request, id, id.slice(0, -SUFFIX_DIGITS) + suffix)
    : { ...request, body: Buffer.from(withMark(request.body.toString("utf8"), suffix)) };
};
