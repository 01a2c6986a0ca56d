import { HooklineError } from "../errors";
import { readJsonBody } from "../http/json-body";
import { readPathAll } from "../http/json-path";
import { type OutboundRequest, toReceived } from "../http/outbound-request";
import { type Carrier, writeCarrier } from "./carrier";
import { createMac } from "./mac";
import type { ContentContext } from "./request-pieces";
import type { MacScheme } from "./scheme";
import { first, partsToSign, type Sign, type Signing, withTimestamp } from "./signing";

const macText = (
  scheme: MacScheme,
  request: OutboundRequest,
  signing: Signing,
  reading: Pick<ContentContext, "timestamp" | "item">,
): string => {
  const parts = partsToSign(scheme.content, request, signing, reading);
  const mac = createMac(scheme, signing.secret, parts);
  if (mac) return mac.toString(scheme.encoding);
  throw new HooklineError(
    "INPUT_INVALID",
    "The signing secret is not of the form that this provider hands out.",
  );
};

const signEach = (
  scheme: MacScheme,
  each: string,
  request: OutboundRequest,
  signing: Signing,
): OutboundRequest => {
  const carrier = first<Carrier>(scheme.signature);
  if (!("json" in carrier))
    throw new HooklineError("INPUT_INVALID", "Entries of a batch carry their signatures as JSON.");
  const items = readPathAll(readJsonBody(toReceived(request, signing.now)), each);
  return items.reduce<OutboundRequest>((signed, item, index) => {
    const path = `${each.replace("*", String(index))}.${carrier.json}`;
    return writeCarrier(
      { json: path },
      macText(scheme, signed, signing, { timestamp: "", item }),
      signed,
    );
  }, request);
};

export const signMac: Sign<MacScheme> = (scheme, request, signing) => {
  if (scheme.each !== undefined) return signEach(scheme, scheme.each, request, signing);
  const timed = withTimestamp(scheme.timestamp, request, signing.now);
  const text = macText(scheme, timed.request, signing, { timestamp: timed.text });
  return writeCarrier(first<Carrier>(scheme.signature), text, timed.request);
};
