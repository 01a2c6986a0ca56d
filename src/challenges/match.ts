import type { InboundRequest } from "../http/inbound-request";
import { readJsonBody } from "../http/json-body";
import { readPath } from "../http/json-path";
import { describeSource, readSource, type Source } from "../http/source";

/** A value that must be there, and what it must be. */
type Match = Source & { readonly equals?: string };

/** What tells a challenge from a delivery. */
export interface Recognition {
  readonly all?: readonly Match[];
  /** JSON fields that must not be there. */
  readonly absent?: readonly string[];
  /** A probe by HEAD or GET, which Prismatic shows only as an empty body. */
  readonly emptyBody?: true;
  /** The form of the whole body, where a part of it could sit in a delivery too. */
  readonly body?: RegExp;
}

/** Challenges are small: a large body is a delivery and is not parsed before it is verified. */
const LARGEST_CHALLENGE_BYTES = 16_384;

const holds = (match: Match, request: InboundRequest): boolean => {
  const [value] = readSource(match, request);
  return value !== undefined && (match.equals === undefined || value === match.equals);
};

export const isChallenge = (
  { all = [], absent = [], emptyBody, body }: Recognition,
  request: InboundRequest,
): boolean =>
  request.body.length <= LARGEST_CHALLENGE_BYTES &&
  (!emptyBody || request.body.length === 0) &&
  (!body || body.test(request.body.toString("utf8"))) &&
  all.every((match) => holds(match, request)) &&
  absent.every((path) => readPath(readJsonBody(request), path) === undefined);

/** `query parameter hub.mode is subscribe and query parameter hub.challenge` */
export const describeRecognition = ({
  all = [],
  absent = [],
  emptyBody,
  body,
}: Recognition): string =>
  [
    ...(emptyBody ? ["empty body"] : []),
    ...(body ? [`a body of the form ${body.source}`] : []),
    ...all.map((match) =>
      match.equals === undefined
        ? describeSource(match)
        : `${describeSource(match)} is ${match.equals}`,
    ),
    ...absent.map((path) => `no JSON field ${path}`),
  ].join(" and ");
