import { HooklineError } from "../errors";
import { type OutboundRequest, toReceived } from "../http/outbound-request";
import { alternativesOf } from "./alternatives";
import { writeCarrier } from "./carrier";
import { writeTimestamp } from "./replay-window";
import type { ContentContext } from "./request-pieces";
import type { SignedTimestamp } from "./scheme";
import type { Part } from "./signed";
import { readSignedContent, type SignedContent } from "./signed-content";

export interface Signing {
  /** The shared secret, or a PEM private key for schemes that sign with one. */
  readonly secret: string;
  readonly now: Date;
  readonly username?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** Which of a provider's schemes; by default the one that a receiver with this secret expects. */
  readonly scheme?: string;
}

export type Sign<Scheme> = (
  scheme: Scheme,
  request: OutboundRequest,
  signing: Signing,
) => OutboundRequest | Promise<OutboundRequest>;

/** Of several alternatives a sender uses the first. */
export const first = <Item>(items: Item | readonly Item[]): Item =>
  alternativesOf(items)[0] as Item;

/** The request with the time of signing in its place, and that time as it was written. */
export const withTimestamp = (
  timestamp: SignedTimestamp | undefined,
  request: OutboundRequest,
  now: Date,
): { readonly text: string; readonly request: OutboundRequest } => {
  if (!timestamp) return { text: "", request };
  const text = writeTimestamp(timestamp.unit, now);
  return { text, request: writeCarrier(timestamp, text, request) };
};

export const partsToSign = (
  content: SignedContent | readonly SignedContent[],
  request: OutboundRequest,
  { secret, now, options = {} }: Signing,
  reading: Pick<ContentContext, "timestamp" | "item">,
): readonly Part[] => {
  const received = toReceived(request, now);
  const outcome = readSignedContent(first(content), received, { ...reading, secret, options });
  if ("parts" in outcome) return outcome.parts;
  throw new HooklineError(
    "INPUT_INVALID",
    `The delivery needs ${outcome.missing} before it can be signed.`,
  );
};
