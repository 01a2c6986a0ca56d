import { get, path, put } from "../../http/api-request";
import { readPath } from "../../http/json-path";
import type { Call, Listing } from "../../subscriptions/call";
import { readTextAt } from "../../subscriptions/read-answer";
import type { Scope } from "../../subscriptions/subscription-state";
import { notASpace } from "./access";

export const KINETIC_JOB_STATUSES = [
  "Queued",
  "In Progress",
  "Complete",
  "Failed",
  "Cancelled",
] as const;
type KineticJobStatus = (typeof KINETIC_JOB_STATUSES)[number];

/** One firing of a webhook, as the platform recorded it. Empty texts where it recorded nothing. */
export interface WebhookJob {
  readonly id: string;
  /** Name of the webhook. */
  readonly webhook: string;
  /** Both parts: "Submission Submitted". */
  readonly event: string;
  readonly status: string;
  /** What came of it, such as "200 OK". */
  readonly summary: string;
  /** When it was scheduled, ISO 8601. */
  readonly time: string;
  /** Without its query, which may hold a secret. */
  readonly url: string;
  /** The body that was sent, parsed where it is JSON. */
  readonly sent: unknown;
  /** The body of the reply, parsed where it is JSON. */
  readonly answer: unknown;
  readonly retryCount: number;
  /** Of the workflow's run that it started; null where it started none. */
  readonly runNumber: string | null;
  /** Of the flow's execution that it started, where it delivered to Prismatic. */
  readonly executionId: string | null;
}

export interface JobQuery {
  readonly scope: Scope;
  /** Empty for every webhook. */
  readonly webhook: string;
  readonly status?: KineticJobStatus | undefined;
  /** Inclusive. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
  readonly pageSize: number;
}

const withoutQuery = (url: string): string =>
  (url.split(/[?#]/)[0] ?? "").replace(/^(https?:\/\/)[^/@]*@/i, "$1");

const withoutQueries = (text: string): string => text.replaceAll(/https?:\/\/\S+/gi, withoutQuery);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return withoutQueries(text);
  }
};

/** Some versions tell both parts in one, some only the second. */
const readEvent = (job: unknown): string => {
  const [type, event] = [readTextAt(job, "type"), readTextAt(job, "event")];
  return event.startsWith(`${type} `) ? event : `${type} ${event}`.trim();
};

const readRun = (answer: unknown, text: string): string | null =>
  readTextAt(answer, "runId") || (/\brun #(\d+)/i.exec(text)?.[1] ?? null);

export const readJob = (job: unknown): WebhookJob => {
  const answered = readTextAt(job, "responseContent");
  const answer = parse(answered);
  return {
    id: readTextAt(job, "id"),
    webhook: readTextAt(job, "name"),
    event: readEvent(job),
    status: readTextAt(job, "status"),
    summary: withoutQueries(readTextAt(job, "summary")),
    time: readTextAt(job, "scheduledAt"),
    url: withoutQuery(readTextAt(job, "url")),
    sent: parse(readTextAt(job, "requestContent")),
    answer,
    retryCount: Number(readTextAt(job, "retryCount")),
    runNumber: readRun(answer, answered),
    executionId: readTextAt(answer, "executionId") || null,
  };
};

const jobsOf = ({ kapp }: Scope): string =>
  kapp === undefined ? "/webhookJobs" : path`/kapps/${kapp}/webhookJobs`;

/** The form that the API asks for: without fractions of a second. */
const toStamp = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, "Z");

/** These two are the only ones that the API filters by. */
const FILTERS: Readonly<Record<string, string>> = { Queued: "queued", Failed: "failed" };

/** https://docs.kineticdata.com/docs/webhooks-jobs */
export const webhookJobs: Listing<JobQuery, WebhookJob> = {
  request: ({ scope, webhook, status = "", from, to, pageSize }, pageToken) =>
    get(jobsOf(scope), {
      limit: pageSize,
      pageToken,
      webhook: webhook || undefined,
      status: FILTERS[status],
      start: from && toStamp(from),
      end: to && toStamp(to),
    }),
  read: ({ data }) => {
    const jobs = readPath(data, "webhookJobs");
    if (!Array.isArray(jobs)) throw notASpace("webhook jobs");
    return { items: jobs.map(readJob), next: readTextAt(data, "nextPageToken") || undefined };
  },
};

/** Queues a job again. That the platform then sends the same body once more is assumed. */
export const requeueJob: Call<{ readonly scope: Scope; readonly id: string }, WebhookJob> = {
  request: ({ scope, id }) => put(`${jobsOf(scope)}${path`/${id}`}`, { status: "Queued" }),
  read: ({ data }) => {
    const job = readJob(readPath(data, "webhookJob") ?? data);
    if (job.id === "") throw notASpace("webhook jobs");
    return job;
  },
};
