import { createHash } from "node:crypto";
import type { InboundRequest } from "./inbound-request";

const known = new WeakMap<InboundRequest, string>();

/** SHA-256 of the exact bytes, hex. Computed once per request. */
export const hashBody = (request: InboundRequest): string => {
  const hash = known.get(request) ?? createHash("sha256").update(request.body).digest("hex");
  known.set(request, hash);
  return hash;
};
