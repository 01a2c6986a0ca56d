import { createHash } from "node:crypto";
import { HooklineError } from "../errors";
import type { Claim } from "./driver";
import { isQueueName, LONGEST_LEASE_SECONDS } from "./limits";
import type { RetryPolicy } from "./policy";

/** What a lease carries from step to step, and perhaps to another process. */
export interface LeaseHandle {
  /** The key of the connection's kind, such as `postgresQueue`. */
  readonly connection: string;
  /** `QueueDriver.place` */
  readonly place: string;
  readonly claim: Claim;
  readonly attempt: number;
  readonly policy: RetryPolicy;
}

const VERSION = "hookline1";

const hash = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, 16);

const places = new Map<string, string>();

/** Computed once for each place: there are as many as connections. */
const hashPlace = (place: string): string => {
  const known = places.get(place) ?? hash(place);
  places.set(place, known);
  return known;
};

/**
 * An opaque text. Its end tells whether it was cut off or changed on its way; what makes it impossible to guess is the
 * random token inside the driver's reference, which the engine compares.
 */
export const toHandle = ({ connection, place, claim, attempt, policy }: LeaseHandle): string => {
  const { maximumAttempts, backoffSeconds, maximumBackoffSeconds, onExhausted } = policy;
  const parts = [
    connection,
    hashPlace(place),
    claim.queue,
    claim.reference,
    attempt,
    maximumAttempts,
    backoffSeconds,
    maximumBackoffSeconds,
    onExhausted,
  ];
  const content = Buffer.from(JSON.stringify(parts)).toString("base64url");
  return `${VERSION}.${content}.${hash(content)}`;
};

/** What to throw for a text that is no lease, or whose reference is none of the driver's. */
export const unreadableLease = (cause?: unknown): HooklineError =>
  new HooklineError(
    "LEASE_INVALID",
    "Lease: this is not a lease, or it was changed or cut off on its way. Reference the lease of a message as Lease Messages or Drain Queue gave it.",
    { cause },
  );

type Parts = readonly [
  connection: string,
  place: string,
  queue: string,
  reference: string,
  attempt: number,
  maximumAttempts: number,
  backoffSeconds: number,
  maximumBackoffSeconds: number,
  onExhausted: RetryPolicy["onExhausted"],
];

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const isPause = (value: unknown): boolean =>
  isCount(value) && Number(value) <= LONGEST_LEASE_SECONDS;

/** A checksum can be made by anybody, so what it covers is looked at as well. */
const areParts = (value: unknown): value is Parts =>
  Array.isArray(value) &&
  value.length === 9 &&
  value.slice(0, 4).every((part) => typeof part === "string") &&
  isQueueName(value[2]) &&
  value.slice(4, 6).every(isCount) &&
  value.slice(6, 8).every(isPause) &&
  (value[8] === "deadLetter" || value[8] === "block");

const parse = (content: string): unknown => {
  try {
    return JSON.parse(Buffer.from(content, "base64url").toString());
  } catch {
    return undefined;
  }
};

const readParts = (text: string): Parts => {
  const [version, content = "", check, ...rest] = text.trim().split(".");
  if (version !== VERSION || check !== hash(content) || rest.length > 0) throw unreadableLease();
  const parts = parse(content);
  if (!areParts(parts)) throw unreadableLease();
  return parts;
};

/** @throws HooklineError LEASE_INVALID if it is none, or one of another queue connection. */
export const readHandle = (
  text: string,
  { connection, place }: Pick<LeaseHandle, "connection" | "place">,
): LeaseHandle => {
  const [kind, where, queue, reference, attempt, ...policy] = readParts(text);
  const [maximumAttempts, backoffSeconds, maximumBackoffSeconds, onExhausted] = policy;
  if (kind !== connection || where !== hashPlace(place))
    throw new HooklineError(
      "LEASE_INVALID",
      `Lease: it belongs to a queue of another connection (${kind}). Choose the connection that the message was leased with.`,
    );
  return {
    connection,
    place,
    claim: { queue, reference },
    attempt,
    policy: { maximumAttempts, backoffSeconds, maximumBackoffSeconds, onExhausted },
  };
};
