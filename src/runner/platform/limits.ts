/** What the platform bounds, and what the runner bounds so that no request can hurt it. */
export interface Limits {
  /** Webhook requests above this are refused while they stream (6 MB on Prismatic). */
  readonly bodyBytes: number;
  /** Bodies held for all requests in flight; beyond it the runner answers 429, as a plan's limit does. */
  readonly heldBodyBytes: number;
  /** How long a trigger may take to answer (29 to 30 s on Prismatic). */
  readonly answerMilliseconds: number;
  /** How long one lifecycle function, or loading the bundles, may take. */
  readonly lifecycleMilliseconds: number;
  /** After a missed answer: how long the component has to show that it still reacts before it is restarted. */
  readonly reactionMilliseconds: number;
  /** How often whatever takes long says that it is still underway. */
  readonly progressMilliseconds: number;
  /** JavaScript heap of the component (1 GB on Prismatic's default profile). */
  readonly heapMegabytes: number;
  /** Resident memory at which the component is stopped: the heap plus buffers outside it. */
  readonly residentMegabytes: number;
  /** All state scopes of one run together. */
  readonly stateBytes: number;
  /** How long a client may take to send its headers, and its whole request. */
  readonly headersMilliseconds: number;
  readonly requestMilliseconds: number;
}

const MEGABYTE = 1024 * 1024;

export const platformLimits: Limits = {
  bodyBytes: 6 * MEGABYTE,
  heldBodyBytes: 256 * MEGABYTE,
  answerMilliseconds: 30_000,
  lifecycleMilliseconds: 30_000,
  reactionMilliseconds: 1_000,
  progressMilliseconds: 2_000,
  heapMegabytes: 1024,
  residentMegabytes: 1536,
  stateBytes: 64 * MEGABYTE,
  headersMilliseconds: 10_000,
  requestMilliseconds: 60_000,
};
