import { HooklineError } from "../errors";
import type { InboundRequest } from "../http/inbound-request";
import { createSourceCheck, lastForwardedAddress } from "../http/source-address";
import { type Rejected, rejected } from "../signatures/verdict";
import type { DeliverySettings } from "./settings";

/** The platform's own limit for a webhook request. */
const LARGEST_BODY_BYTES = 6 * 1024 * 1024;

const checkSource = (
  { headers }: InboundRequest,
  { allowedSources = [], sourceHeader = "" }: DeliverySettings,
): Rejected | undefined => {
  if (allowedSources.length === 0) return undefined;
  if (sourceHeader.trim() === "")
    throw new HooklineError(
      "INPUT_INVALID",
      "Source Header: name the header that holds the sender's address, or clear Allowed Sources.",
    );
  const isAllowed = createSourceCheck(allowedSources);
  const forwarded = headers.get(sourceHeader.trim().toLowerCase());
  if (forwarded === undefined)
    return rejected(
      "source-not-allowed",
      `There is no header ${sourceHeader} that tells the source.`,
    );
  return isAllowed(lastForwardedAddress(forwarded))
    ? undefined
    : rejected(
        "source-not-allowed",
        `The address in header ${sourceHeader} is not one of the allowed sources.`,
      );
};

/** The cheap checks that come before anything is computed or read. */
export const checkRequest = (
  request: InboundRequest,
  settings: DeliverySettings,
): Rejected | undefined => {
  if (request.body.length > LARGEST_BODY_BYTES)
    return rejected("body-too-large", `The body is larger than ${LARGEST_BODY_BYTES} bytes.`);
  return checkSource(request, settings);
};
