import type { Provider } from "../providers/provider";
import type { RejectionReason, Verdict } from "../signatures/verdict";

/** A verdict as flows see it. */
export interface VerdictReport {
  readonly verdict: "verified" | "rejected";
  readonly reason: RejectionReason | null;
  readonly detail: string | null;
  readonly secretIndex: number | null;
}

export const toVerdictReport = (verdict: Verdict, { name }: Provider): VerdictReport => {
  if (verdict.kind === "verified")
    return { verdict: "verified", reason: null, detail: null, secretIndex: verdict.secretIndex };
  const { reason, detail } =
    verdict.kind === "rejected"
      ? verdict
      : {
          reason: "signature-missing" as const,
          detail: `${name} signs nothing, so nothing can be verified.`,
        };
  return { verdict: "rejected", reason, detail, secretIndex: null };
};
