import type { SendRequest } from "../http/api-request";
import {
  type JobQuery,
  requeueJob,
  type WebhookJob,
  webhookJobs,
} from "../providers/kinetic/webhook-jobs";
import { isSuccess, toRefusal } from "../subscriptions/refusal";
import type { Scope } from "../subscriptions/subscription-state";

const PAGE_SIZE = 100;
const MOST_PAGES = 20;

const HINTS = {
  404: "Kapp Slug, Job ID: the space has no such kapp or job, or the connection's Base URL is not a space.",
};

/** The space, and the texts that no message may repeat. */
export interface JobsApi {
  readonly send: SendRequest;
  readonly secrets: readonly string[];
}

export interface ListedJobs {
  readonly jobs: readonly WebhookJob[];
  /** Whether these are all that match, or the limit ended the list. */
  readonly isComplete: boolean;
}

/** The recorded jobs, in the platform's order. The status is compared here too, because some versions ignore it. */
export const listJobs = async (
  { send, secrets }: JobsApi,
  { limit, ...query }: Omit<JobQuery, "pageSize"> & { readonly limit: number },
): Promise<ListedJobs> => {
  const jobs: WebhookJob[] = [];
  const asked = new Set<string | undefined>();
  const isAsked = ({ status }: WebhookJob): boolean => !query.status || status === query.status;
  const input = { ...query, pageSize: query.status ? PAGE_SIZE : Math.min(PAGE_SIZE, limit + 1) };
  let page: string | undefined;
  while (!asked.has(page) && asked.size < MOST_PAGES && jobs.length <= limit) {
    asked.add(page);
    const answer = await send(webhookJobs.request(input, page));
    if (!isSuccess(answer))
      throw toRefusal({ attempt: "list webhook jobs", answer, hints: HINTS, secrets });
    const { items, next } = webhookJobs.read(answer, input, page);
    jobs.push(...items.filter(isAsked));
    page = next;
    if (page === undefined) break;
  }
  return { jobs: jobs.slice(0, limit), isComplete: page === undefined && jobs.length <= limit };
};

/** Has the platform perform a job again. @throws HooklineError SUBSCRIPTION_FAILED where it refuses. */
export const retryJob = async (
  { send, secrets }: JobsApi,
  job: { readonly scope: Scope; readonly id: string },
): Promise<WebhookJob> => {
  const answer = await send(requeueJob.request(job));
  if (!isSuccess(answer))
    throw toRefusal({ attempt: `retry webhook job ${job.id}`, answer, hints: HINTS, secrets });
  return requeueJob.read(answer, job);
};

export const exampleJob: WebhookJob = {
  id: "9f7c4889-32f3-11f1-85e7-8f53b6e0619f",
  webhook: "hookline-0a1b2c3d4e5f6a7b-Submission-Submitted",
  event: "Submission Submitted",
  status: "Complete",
  summary: "200 OK",
  time: "2026-04-08T02:35:35.925Z",
  url: "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=",
  sent: {
    event: { action: "Submitted", type: "Submission" },
    kapp: { slug: "services" },
    submission: { id: "7b1c2d3e-32f3-11f1-85e7-8f53b6e0619f", values: { Model: "Air" } },
  },
  answer: { executionId: "SW5zdGFuY2VFeGVjdXRpb25SZXN1bHQ6MQ==" },
  retryCount: 0,
  runNumber: null,
  executionId: "SW5zdGFuY2VFeGVjdXRpb25SZXN1bHQ6MQ==",
};
