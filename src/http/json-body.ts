import type { InboundRequest } from "./inbound-request";

const parsed = new WeakMap<InboundRequest, unknown>();

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
};

/** The body as JSON, whatever its content type says; `undefined` where it is not JSON. Parsed once per request, and only when asked. */
export const readJsonBody = (request: InboundRequest): unknown => {
  if (!parsed.has(request)) parsed.set(request, parse(request.body));
  return parsed.get(request);
};
