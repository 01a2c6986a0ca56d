import { STATUS_CODES } from "node:http";
import type { StandInAttempt, StandInDelivery, StandInReport, StandInWorld } from "../stand-in";
import { type Job, queueJobs, type Space } from "./space";

const FIRST_RUN = 1430;

/** Nothing says how a failure below HTTP is summed up. */
const toSummary = ({ status, failure = "" }: StandInAttempt): string =>
  status === undefined ? failure : `${status} ${STATUS_CODES[status] ?? ""}`.trim();

const toResult = ({ attempts, outcome }: StandInReport): Partial<Job> => {
  const attempt = attempts.at(-1);
  if (!attempt) return { status: "Cancelled", summary: "The stand-in sent nothing" };
  return {
    status: outcome === "delivered" ? "Complete" : "Failed",
    summary: toSummary(attempt),
    responseContent: attempt.answer ?? null,
  };
};

/** Every firing of a webhook is a job: what it sends, and what became of it. */
export const createJobs = (space: Space, world: StandInWorld) => {
  const jobOf = new WeakMap<StandInDelivery, string>();
  let run = FIRST_RUN;

  const settle = (id: string, result: Partial<Job>): void => {
    const job = space.jobs.get(id);
    if (job) space.jobs.set(id, { ...job, ...result });
  };
  /** A URL that starts with a slash leads to the platform's own workflows. */
  const startRun = ({ id }: Job): void => {
    run += 1;
    const answer = { messageType: "success", message: `Initiated run #${run}.`, runId: `${run}` };
    settle(id, { status: "Complete", summary: "200 OK", responseContent: JSON.stringify(answer) });
  };
  const toDeliveries = (job: Job): readonly StandInDelivery[] => {
    const { id, name, event, url, requestContent: body } = job;
    if (url.startsWith("/")) {
      startRun(job);
      return [];
    }
    const headers = { "content-type": "application/json" };
    const delivery = { subscriptionId: name, event, url, headers, body };
    jobOf.set(delivery, id);
    return [delivery];
  };
  return {
    fire: (event: string, payload: unknown): readonly StandInDelivery[] =>
      queueJobs(space, { event, payload }, world).flatMap(toDeliveries),
    perform: (job: Job): void => toDeliveries(job).forEach(world.deliver),
    note: (report: StandInReport): void =>
      settle(jobOf.get(report.delivery) ?? "", toResult(report)),
  };
};
