import { readStoredBody, toStoredBody } from "./body";
import type { QueueDriver, Readiness } from "./driver";
import { toHandle } from "./handle";
import { type LeaseWish, toLeaseRequest } from "./lease-wish";
import { checkDedupeWindow, checkMessages, checkQueueName, checkWhole } from "./limits";
import type { DeadLetter, Enqueued, LeasedMessage, NewMessage } from "./message";
import type { QueueStatus } from "./queue-status";

/** A queue engine that a connection leads to. */
export interface QueueAccess {
  /** The key of the connection's kind, such as `postgresQueue`. */
  readonly connection: string;
  readonly driver: QueueDriver;
}

export interface Draft extends Pick<NewMessage, "orderingKey" | "dedupeKey"> {
  /** Any value of a step, bytes included. */
  readonly body: unknown;
  readonly delaySeconds?: number | undefined;
}

/** A leased message as a flow sees it. */
export interface Leased
  extends Pick<LeasedMessage, "id" | "orderingKey" | "dedupeKey" | "attempt"> {
  /** To settle it with, from any process. */
  readonly lease: string;
  /** ISO 8601, by the engine's clock, as `expiresAt`. */
  readonly enqueuedAt: string;
  readonly expiresAt: string;
  readonly body: unknown;
}

export interface DeadLettered extends Omit<DeadLetter, "enqueuedAt" | "deadAt" | "body"> {
  /** ISO 8601, by the engine's clock, as `deadAt`. */
  readonly enqueuedAt: string;
  readonly deadAt: string;
  readonly body: unknown;
}

export interface DeadLetterList {
  readonly deadLetters: readonly DeadLettered[];
  readonly cursor: string | null;
}

/**
 * One queue, with the rules that all engines share.
 *
 * @throws HooklineError INPUT_INVALID before anything is sent; and what `QueueDriver` throws.
 */
export interface Queue {
  readonly enqueue: (
    drafts: readonly Draft[],
    dedupeWindowSeconds?: number,
  ) => Promise<readonly Enqueued[]>;
  readonly lease: (wish: LeaseWish) => Promise<readonly Leased[]>;
  readonly status: () => Promise<QueueStatus>;
  readonly listDeadLetters: (limit: number, cursor: string | null) => Promise<DeadLetterList>;
  readonly redrive: (ids: readonly string[] | "all") => Promise<number>;
  readonly discard: (ids: readonly string[]) => Promise<number>;
  readonly ensure: () => Promise<Readiness>;
  readonly remove: () => Promise<void>;
}

const toMessage = ({ orderingKey, dedupeKey, body, delaySeconds = 0 }: Draft): NewMessage => ({
  orderingKey,
  dedupeKey,
  body: toStoredBody(body),
  delaySeconds,
});

const toDeadLettered = ({ body, enqueuedAt, deadAt, ...letter }: DeadLetter): DeadLettered => ({
  ...letter,
  enqueuedAt: enqueuedAt.toISOString(),
  deadAt: deadAt.toISOString(),
  body: readStoredBody(body),
});

const createToLeased =
  ({ connection, driver }: QueueAccess, queue: string, wish: LeaseWish) =>
  ({ reference, id, orderingKey, dedupeKey, attempt, ...message }: LeasedMessage): Leased => {
    const { place } = driver;
    const { maximumAttempts, backoffSeconds, maximumBackoffSeconds, onExhausted } = wish;
    const policy = { maximumAttempts, backoffSeconds, maximumBackoffSeconds, onExhausted };
    return {
      lease: toHandle({ connection, place, claim: { queue, reference }, attempt, policy }),
      id,
      orderingKey,
      dedupeKey,
      attempt,
      enqueuedAt: message.enqueuedAt.toISOString(),
      expiresAt: message.expiresAt.toISOString(),
      body: readStoredBody(message.body),
    };
  };

export const createQueue = (access: QueueAccess, queueName: string): Queue => {
  const { driver } = access;
  const { traits } = driver;
  const queue = checkQueueName(queueName);
  return {
    enqueue: async (drafts, dedupeWindowSeconds) => {
      const window = checkDedupeWindow(dedupeWindowSeconds, traits);
      const messages = drafts.map(toMessage);
      checkMessages(messages, traits);
      return messages.length === 0 ? [] : driver.enqueue(queue, messages, window);
    },
    lease: async (wish) => {
      const messages = await driver.lease(queue, toLeaseRequest(wish, traits));
      return messages.map(createToLeased(access, queue, wish));
    },
    status: () => driver.stats(queue),
    listDeadLetters: async (limit, cursor) => {
      checkWhole("Limit", limit, 1, 1000);
      const page = await driver.listDeadLetters(queue, { limit, cursor });
      return { ...page, deadLetters: page.deadLetters.map(toDeadLettered) };
    },
    redrive: (ids) => driver.redrive(queue, ids),
    discard: (ids) => driver.discard(queue, ids),
    ensure: () => driver.ensure(queue),
    remove: () => driver.remove(queue),
  };
};
