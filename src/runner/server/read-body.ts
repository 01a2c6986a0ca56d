import type { IncomingMessage } from "node:http";
import { readHeader } from "../platform/headers";
import type { ByteBudget } from "./byte-budget";

export type BodyOutcome =
  | { readonly kind: "read"; readonly body: Buffer }
  | { readonly kind: "too-large" }
  | { readonly kind: "too-busy" }
  /** The client went away before it had sent everything. */
  | { readonly kind: "aborted" };

const EMPTY = Buffer.alloc(0);

const toWhole = (chunks: readonly Buffer[], bytes: number): Buffer => {
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  return chunks.length === 0 ? EMPTY : Buffer.concat(chunks, bytes);
};

/**
 * Reads a body whole, or stops at the first byte above the limit, whether or not its length was
 * announced. What was read before that is let go of. The caller gives a read body's bytes back to the budget.
 */
export const readBody = (
  request: IncomingMessage,
  maximumBytes: number,
  budget: ByteBudget,
): Promise<BodyOutcome> => {
  if (Number(readHeader(request.rawHeaders, "content-length") ?? 0) > maximumBytes) {
    return Promise.resolve({ kind: "too-large" });
  }
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    const giveUp = (kind: "too-large" | "too-busy" | "aborted"): void => {
      request.off("data", onData);
      request.off("end", onEnd);
      request.off("close", onClose);
      chunks = [];
      budget.giveBack(bytes);
      resolve({ kind });
    };
    const onData = (chunk: Buffer): void => {
      if (bytes + chunk.length > maximumBytes) giveUp("too-large");
      else if (!budget.take(chunk.length)) giveUp("too-busy");
      else {
        bytes += chunk.length;
        chunks.push(chunk);
      }
    };
    const onEnd = (): void => {
      request.off("close", onClose);
      resolve({ kind: "read", body: toWhole(chunks, bytes) });
    };
    const onClose = (): void => giveUp("aborted");
    request.on("data", onData);
    request.on("end", onEnd);
    request.on("close", onClose);
    request.on("error", () => undefined);
  });
};
