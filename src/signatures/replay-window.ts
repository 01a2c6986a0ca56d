import type { InboundRequest } from "../http/inbound-request";
import { describeCarrier, readCarrier } from "./carrier";
import type { SignedTimestamp } from "./scheme";
import { type Rejected, rejected } from "./verdict";

const DEFAULT_TOLERANCE_SECONDS = 300;
const ISO_8601 = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const LONGEST_SECONDS = 11;

const digits = (text: string): number => (/^\d{1,16}$/.test(text) ? Number(text) : Number.NaN);

const toMilliseconds: Record<SignedTimestamp["unit"], (text: string) => number> = {
  seconds: (text) => digits(text) * 1000,
  milliseconds: digits,
  "seconds-or-milliseconds": (text) => digits(text) * (text.length <= LONGEST_SECONDS ? 1000 : 1),
  iso8601: (text) => (ISO_8601.test(text) ? Date.parse(text) : Number.NaN),
};

export interface TimestampReading {
  readonly text: string;
  readonly sentAt: Date | null;
}

export type TimestampOutcome = TimestampReading | Rejected;

export const noTimestamp: TimestampReading = { text: "", sentAt: null };

export interface ReplayWindow {
  readonly now: Date;
  readonly toleranceSeconds?: number | undefined;
}

/** Reads a signed time and checks that it is near now, in the past or the future. */
export const readTimestamp = (
  timestamp: SignedTimestamp,
  request: InboundRequest,
  { now, toleranceSeconds }: ReplayWindow,
): TimestampOutcome => {
  const [text] = readCarrier(timestamp, request);
  if (!text) return rejected("timestamp-missing", `There is no ${describeCarrier(timestamp)}.`);
  const sentAt = new Date(toMilliseconds[timestamp.unit](text));
  if (Number.isNaN(sentAt.getTime()))
    return rejected(
      "timestamp-malformed",
      `The ${describeCarrier(timestamp)} is not a time in ${timestamp.unit}.`,
    );
  const tolerance = toleranceSeconds ?? timestamp.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS;
  const skew = (now.getTime() - sentAt.getTime()) / 1000;
  return Math.abs(skew) <= tolerance ? { text, sentAt } : outside(skew, tolerance);
};

const outside = (skew: number, tolerance: number): Rejected => {
  const seconds = Math.ceil(Math.abs(skew));
  const where = skew > 0 ? "old" : "in the future";
  return rejected(
    "timestamp-outside-tolerance",
    `Signed ${seconds} s ${where}; ${tolerance} s are allowed. A retry or a replay of an old request needs a wider tolerance.`,
  );
};

/** The signed time as the provider would write it. */
export const writeTimestamp = (unit: SignedTimestamp["unit"], now: Date): string => {
  if (unit === "iso8601") return now.toISOString();
  return String(unit === "milliseconds" ? now.getTime() : Math.floor(now.getTime() / 1000));
};
