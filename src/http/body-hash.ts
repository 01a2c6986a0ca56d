import { createHash } from "node:crypto";
import type { InboundRequest } from "./inbound-request";

/** SHA-256 of the exact bytes, hex. Not kept by request: a WeakMap costs more than hashing a usual body again. */
export const hashBody = ({ body }: InboundRequest): string =>
  createHash("sha256").update(body).digest("hex");
