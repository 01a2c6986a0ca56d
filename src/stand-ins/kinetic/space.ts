import { readPath } from "../../http/json-path";
import type { StandInWorld } from "../stand-in";

export interface Webhook {
  readonly name: string;
  readonly type: string;
  readonly event: string;
  readonly filter: string;
  readonly url: string;
  /** Slug of the kapp; nothing for a webhook of the space. */
  readonly kapp?: string | undefined;
}

/** One firing of a webhook, as the Core API names its parts. */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly event: string;
  readonly url: string;
  readonly status: "Queued" | "Complete" | "Failed" | "Cancelled";
  readonly summary: string | null;
  readonly retryCount: number;
  readonly scheduledAt: string;
  readonly requestContent: string;
  readonly responseContent: string | null;
  readonly kapp?: string | undefined;
}

export interface Submission {
  readonly id: string;
  readonly coreState: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly form: { readonly slug: string; readonly kapp: { readonly slug: string } };
}

/** What one space holds, in memory. */
export interface Space {
  readonly kapps: readonly string[];
  /** By place and name: a name is taken once in the space, and once in each kapp. */
  readonly webhooks: Map<string, Webhook>;
  readonly jobs: Map<string, Job>;
  readonly submissions: Map<string, Submission>;
}

export const createSpace = (): Space => ({
  kapps: ["services", "admin"],
  webhooks: new Map(),
  jobs: new Map(),
  submissions: new Map(),
});

export const toWebhookKey = (kapp: string | undefined, name: string): string =>
  `${kapp ?? ""}/${name}`;

/** Expressions are not evaluated: one that is never true is told from all others. */
const passes = ({ filter }: Webhook): boolean => filter.trim() !== "false";

/** The job of each webhook that an event fires. A webhook of the space fires for every kapp. */
export const queueJobs = (
  { webhooks, jobs }: Space,
  { event, payload }: { readonly event: string; readonly payload: unknown },
  { now, newId }: StandInWorld,
): readonly Job[] => {
  const place = readPath(payload, "kapp.slug");
  const made = [...webhooks.values()]
    .filter((webhook) => `${webhook.type} ${webhook.event}` === event && passes(webhook))
    .filter(({ kapp }) => kapp === undefined || kapp === place)
    .map(
      ({ name, type, url, kapp }): Job => ({
        ...{ id: newId(), name, type, event, url, kapp, status: "Queued", retryCount: 0 },
        scheduledAt: now().toISOString(),
        requestContent: typeof payload === "string" ? payload : JSON.stringify(payload),
        summary: null,
        responseContent: null,
      }),
    );
  for (const job of made) jobs.set(job.id, job);
  return made;
};
