import { randomInt } from "node:crypto";
import type { OutboundRequest } from "../../http/outbound-request";

/** Shorter texts are too likely to stand elsewhere in the delivery too. */
const SHORTEST_ID = 5;
const SUFFIX_DIGITS = 5;

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

const holds = ({ headers, body }: OutboundRequest, text: string): boolean =>
  body.includes(text) || Object.values(headers).some((value) => value.includes(text));

const XML_ID = /<(?:\w+:)?id>([^<]+)</i;
const DATE = /^\d{4}-\d{2}-\d{2}/;

/** The piece of an id that can be changed: an id may be joined of several values, of which some are words or times. */
const replaceablePiece = (request: OutboundRequest, id: string): string | undefined =>
  [id, ...id.split(":"), XML_ID.exec(request.body.toString("utf8"))?.[1] ?? ""]
    .filter((piece) => piece.length >= SHORTEST_ID && /\d/.test(piece) && !DATE.test(piece))
    .find((piece) => holds(request, piece));

/** A copy of an unsigned delivery that stands for another event: its id is replaced wherever it occurs. */
export const toDistinctDelivery = (request: OutboundRequest, id: string): OutboundRequest => {
  const suffix = newSuffix();
  const piece = replaceablePiece(request, id);
  return piece === undefined
    ? { ...request, body: Buffer.from(withMark(request.body.toString("utf8"), suffix)) }
    : replaceId(request, piece, piece.slice(0, -SUFFIX_DIGITS) + suffix);
};
