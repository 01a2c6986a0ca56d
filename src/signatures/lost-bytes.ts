import type { InboundRequest } from "../http/inbound-request";
import type { Rejected, Verdict } from "./verdict";

/** Enough to notice; searching a large body would make a rejection dearer than an acceptance. */
const SEARCHED_BYTES = 65_536;
const REPLACEMENT_CHARACTER = Buffer.from("\ufffd");
const LOST =
  " The platform handed over a parsed body instead of the bytes that were sent, so what was signed is gone.";
const DAMAGED = " The body holds U+FFFD: its bytes were probably decoded as text on the way.";

/** Adds to a mismatch that the bytes were lost before they reached us, where they were. */
export const bytesNote = (
  verdict: Exclude<Verdict, { kind: "verified" }>,
  request: InboundRequest,
): Verdict => {
  if (verdict.kind !== "rejected" || verdict.reason !== "signature-mismatch") return verdict;
  if (!request.bodyIsExact) return withNote(verdict, LOST);
  const beginning = request.body.subarray(0, SEARCHED_BYTES);
  return beginning.includes(REPLACEMENT_CHARACTER) ? withNote(verdict, DAMAGED) : verdict;
};

const withNote = (verdict: Rejected, note: string): Rejected => ({
  ...verdict,
  detail: verdict.detail + note,
});
