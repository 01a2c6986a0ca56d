import { input } from "@prismatic-io/spectral";
import { HooklineError } from "../errors";
import { KINETIC_JOB_STATUSES } from "../providers/kinetic/webhook-jobs";
import type { Scope } from "../subscriptions/subscription-state";
import { toChoice, toConnection, toNumber, toText } from "./inputs/clean";

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const HAS_ZONE = /(Z|[+-]\d{2}:\d{2})$/;

/** An ISO 8601 time, in UTC where it names no zone; nothing for an empty input. */
const toTime =
  (label: string) =>
  (value: unknown): Date | undefined => {
    const text = toText(value);
    if (text === "") return undefined;
    const isLocal = text.includes("T") && !HAS_ZONE.test(text);
    const time = new Date(TIME.test(text) ? `${text}${isLocal ? "Z" : ""}` : Number.NaN);
    if (!Number.isNaN(time.getTime())) return time;
    throw invalid(`${label}: enter a time such as 2026-04-08T02:35:35Z, or nothing.`);
  };

const MOST_JOBS = 1_000;
const USUAL_JOBS = 25;

const toLimit = (value: unknown): number => {
  const limit = toNumber(USUAL_JOBS)(value);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_JOBS) return limit;
  throw invalid(`Limit: enter a whole number from 1 to ${MOST_JOBS}.`);
};

export const jobPlaceInputs = {
  connection: input({
    label: "Connection",
    type: "connection",
    required: true,
    comments: "The credentials for the space of the Kinetic Platform.",
    clean: toConnection,
  }),
  scope: input({
    label: "Scope",
    placeholder: "Choose space or kapp",
    type: "string",
    required: true,
    comments: "Whether the webhook belongs to the whole space or to one kapp.",
    example: "kapp",
    default: "space",
    model: [
      { label: "Space", value: "space" },
      { label: "Kapp", value: "kapp" },
    ],
    clean: toChoice("Scope", ["space", "kapp"]),
  }),
  kappSlug: input({
    label: "Kapp Slug",
    type: "string",
    required: false,
    comments: "The slug of the kapp, where Scope is Kapp.",
    placeholder: "Enter the slug of the kapp",
    example: "services",
    clean: toText,
  }),
} as const;

export const jobQueryInputs = {
  webhook: input({
    label: "Webhook",
    type: "string",
    required: false,
    comments: "The name of the webhook whose jobs are listed; those of every webhook if empty.",
    placeholder: "Enter the name of the webhook",
    example: "hookline-0a1b2c3d4e5f6a7b-Submission-Submitted",
    clean: toText,
  }),
  status: input({
    label: "Status",
    placeholder: "Choose a status",
    type: "string",
    required: false,
    comments: "The status of the jobs that are listed.",
    example: "Failed",
    default: "Any",
    model: ["Any", ...KINETIC_JOB_STATUSES].map((value) => ({ label: value, value })),
    clean: toChoice("Status", ["Any", ...KINETIC_JOB_STATUSES]),
  }),
  from: input({
    label: "From",
    type: "string",
    required: false,
    comments: "The time from which on jobs were scheduled, in UTC where it names no zone.",
    placeholder: "Enter a time",
    example: "2026-04-08T00:00:00Z",
    clean: toTime("From"),
  }),
  to: input({
    label: "To",
    type: "string",
    required: false,
    comments: "The time before which jobs were scheduled, in UTC where it names no zone.",
    placeholder: "Enter a time",
    example: "2026-04-09T00:00:00Z",
    clean: toTime("To"),
  }),
  limit: input({
    label: "Limit",
    type: "string",
    required: false,
    comments: `How many jobs are listed at most, up to ${MOST_JOBS}.`,
    placeholder: "Enter a number",
    example: String(USUAL_JOBS),
    default: String(USUAL_JOBS),
    clean: toLimit,
  }),
} as const;

export const jobIdInput = input({
  label: "Job ID",
  type: "string",
  required: true,
  comments: "The id of the job, as List Webhook Jobs returns it.",
  placeholder: "Reference the id of a job",
  example: "9f7c4889-32f3-11f1-85e7-8f53b6e0619f",
  clean: (value: unknown): string => {
    const text = toText(value);
    if (text !== "") return text;
    throw invalid("Job ID: enter the id of a job, as List Webhook Jobs returns it.");
  },
});

/** @throws HooklineError INPUT_INVALID where the kapp is missing. */
export const toJobScope = (scope: "space" | "kapp", kappSlug: string): Scope => {
  if (scope === "space") return {};
  if (kappSlug !== "") return { kapp: kappSlug };
  throw invalid("Kapp Slug: enter the slug of the kapp, or set Scope to Space.");
};
