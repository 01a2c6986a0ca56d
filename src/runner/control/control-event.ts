import type { LogLine } from "../isolation/messages";
import type { LifecycleReport } from "../lifecycle/operation";

/** One line of the answer to an operation: log lines while it goes on, and at the end one of the others. */
export interface ControlEvent {
  readonly log?: LogLine;
  readonly report?: LifecycleReport;
  /** Nothing could be done, for a reason that a person can put right. */
  readonly error?: { readonly code: string; readonly message: string };
}
