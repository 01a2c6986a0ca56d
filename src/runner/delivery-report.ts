import type { DeliverySummary, RunReport } from "./isolation/messages";

/** What became of one request; the console prints it. */
export interface DeliveryReport {
  /** The id under which the journal has it; null where the request was turned away before that. */
  readonly id: string | null;
  readonly flow: string | null;
  readonly status: number;
  readonly milliseconds: number;
  /** Whether whatever stands behind the trigger would run; also true for a 401 that the trigger itself answered. */
  readonly flowRan: boolean;
  readonly branch: string | null;
  readonly failure: string | null;
  readonly delivery: DeliverySummary | null;
}

export const toDeliveryReport = (
  id: string | null,
  flow: string | null,
  { answer, flowRan, branch, failure, delivery }: Omit<RunReport, "run">,
  milliseconds: number,
): DeliveryReport => ({
  id,
  flow,
  status: answer.status,
  milliseconds,
  flowRan,
  branch,
  failure,
  delivery,
});
