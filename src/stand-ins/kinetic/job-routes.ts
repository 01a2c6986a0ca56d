import type { StandInAnswer } from "../stand-in";
import { type KineticCall, notFound, ok, textsOf } from "./answers";
import type { Job } from "./space";

const USUAL_LIMIT = 25;
const LARGEST_LIMIT = 1_000;

const show = ({ kapp, ...job }: Job) => ({
  ...job,
  scopeType: kapp === undefined ? "Space" : "Kapp",
  webhookId: null,
  parentId: null,
});

const isAsked =
  ({ kapp, request: { query } }: KineticCall) =>
  (job: Job): boolean => {
    const isTold = (name: string, test: (value: string) => boolean): boolean => {
      const value = query.get(name);
      return value === null || test(value);
    };
    return (
      (query.get("all") === "true" || job.kapp === kapp) &&
      isTold("webhook", (name) => job.name === name) &&
      isTold("status", (status) => job.status.toLowerCase() === status) &&
      isTold("start", (start) => Date.parse(job.scheduledAt) >= Date.parse(start)) &&
      isTold("end", (end) => Date.parse(job.scheduledAt) < Date.parse(end))
    );
  };

const listPage = (call: KineticCall): StandInAnswer => {
  const { query } = call.request;
  const found = [...call.space.jobs.values()].filter(isAsked(call)).reverse();
  const from = Number(query.get("pageToken") ?? 0);
  const to = from + Math.min(Number(query.get("limit") ?? USUAL_LIMIT), LARGEST_LIMIT);
  return ok({
    webhookJobs: found.slice(from, to).map(show),
    nextPageToken: to < found.length ? String(to) : null,
  });
};

/** Putting the status to Queued performs the job again, with what it sent before. */
const change = ({ space, request, perform }: KineticCall, job: Job): StandInAnswer => {
  if (textsOf(request.body, ["status"]).status !== "Queued") return ok({ webhookJob: show(job) });
  const queued: Job = { ...job, status: "Queued", retryCount: job.retryCount + 1 };
  space.jobs.set(job.id, queued);
  perform(queued);
  return ok({ webhookJob: show(queued) });
};

/** GET /webhookJobs; GET, PUT and DELETE /webhookJobs/{id}; the same below a kapp. */
export const answerJobs = (call: KineticCall): StandInAnswer => {
  const [, id] = call.segments;
  if (id === undefined) return listPage(call);
  const job = call.space.jobs.get(id);
  if (!job || job.kapp !== call.kapp) return notFound(call, "webhook job");
  if (call.request.method === "PUT") return change(call, job);
  if (call.request.method === "DELETE") call.space.jobs.delete(id);
  return ok({ webhookJob: show(job) });
};
