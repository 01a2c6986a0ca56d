import type { InboundRequest } from "./inbound-request";

const parsed = new WeakMap<InboundRequest, URLSearchParams>();

/** The body as URL-encoded form fields. Parsed once per request, and only when asked. */
export const readFormBody = (request: InboundRequest): URLSearchParams => {
  const known = parsed.get(request);
  if (known) return known;
  const form = new URLSearchParams(request.body.toString("utf8"));
  parsed.set(request, form);
  return form;
};
