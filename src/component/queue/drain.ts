import type { LeaseWish } from "../../queue/lease-wish";
import type { Leased, Queue } from "../../queue/queue";

/** What one page of a tick hands on to the next. */
export interface DrainCursor extends Readonly<Record<string, unknown>> {
  /** Milliseconds since 1970; no page is asked for after that. */
  readonly until: number;
}

export interface DrainedPage {
  readonly messages: readonly Leased[];
  /** Null after the last page. */
  readonly next: DrainCursor | null;
}

/** A tick without an end would keep new inputs out, and all later ticks where ticks may not overlap. */
const LONGEST_TICK_MILLISECONDS = 600_000;

/**
 * Takes what brings the queue's leased messages back to the maximum. Where pages are asked for faster than runs end, this
 * keeps the messages of one page from waiting for their runs behind those of many others while their leases run out.
 */
const leaseMore = async (queue: Queue, wish: LeaseWish): Promise<readonly Leased[]> => {
  const { leased } = await queue.status();
  const maximumMessages = wish.maximumMessages - leased;
  return maximumMessages > 0 ? queue.lease({ ...wish, maximumMessages }) : [];
};

/**
 * One page of a tick: at most one message of each ordering key, so that the runs of a page may be parallel. Its messages
 * are settled by those runs, never here. Ticks may overlap, because each lease is given to one of them.
 *
 * @param cursor Of the page before; undefined for the first.
 * @param now Milliseconds since 1970.
 */
export const drainPage = async (
  queue: Queue,
  wish: Omit<LeaseWish, "maximumPerKey">,
  cursor: DrainCursor | undefined,
  now: number,
): Promise<DrainedPage> => {
  const onePerKey = { ...wish, maximumPerKey: 1 };
  const messages = await (cursor ? leaseMore(queue, onePerKey) : queue.lease(onePerKey));
  const until = cursor?.until ?? now + LONGEST_TICK_MILLISECONDS;
  return { messages, next: messages.length > 0 && now < until ? { until } : null };
};
