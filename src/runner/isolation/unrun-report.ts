import type { Answer, RunReport } from "./messages";

/** What is told of a request whose flow did not run. */
export const toUnrunReport = (answer: Answer, failure: string): Omit<RunReport, "run"> => ({
  answer,
  flowRan: false,
  branch: null,
  failure,
  delivery: null,
});
