import { randomUUID } from "node:crypto";
import type {
  Claim,
  LeaseRequest,
  QueueDriver,
  SetAside,
  Unsettled,
} from "../../../src/queue/driver";
import { type DriverTraits, ownLimits } from "../../../src/queue/driver-traits";
import { checkCursor } from "../../../src/queue/limits";
import type { DeadLetter, LeasedMessage, NewMessage } from "../../../src/queue/message";
import { toMemoryStatus } from "./memory-status";

interface Entry extends NewMessage {
  readonly id: string;
  readonly position: number;
  readonly enqueuedAt: number;
  readonly readyAt: number;
}

/** One ordering key with a backlog, or one that waits for a dead letter. */
export interface KeyState {
  readonly orderingKey: string;
  entries: Entry[];
  /** Leases that the first entry has had. */
  attempt: number;
  /** Not leased before. */
  readyAt: number;
  /** Smaller is leased sooner. */
  turn: number;
  lease: { token: string; expiresAt: number; positions: number[] } | undefined;
  blockedBy: string | undefined;
}

export interface MemoryQueue {
  readonly keys: Map<string, KeyState>;
  readonly seen: Map<string, { readonly id: string; readonly until: number }>;
  dead: (DeadLetter & { readonly position: number })[];
}

export const memoryTraits: DriverTraits = { engine: "The reference", ...ownLimits };

/**
 * What every driver is checked against: the same rules, told as plainly as possible, in this process and nowhere else.
 *
 * @param toFirst The keys to look at before all others, in this order, although it may not be their turn: which of
 * several free keys is next is an engine's choice, and the reference can follow it.
 */
export const createMemoryDriver = (
  now: () => number,
  toFirst: () => readonly string[] = () => [],
): QueueDriver => {
  const queues = new Map<string, MemoryQueue>();
  let counter = 0;
  const next = (): number => {
    counter += 1;
    return counter;
  };

  /** What need not wait is ready whatever becomes of the clock. */
  const after = (seconds: number): number => (seconds === 0 ? 0 : now() + seconds * 1000);

  const queueOf = (name: string): MemoryQueue => {
    const queue = queues.get(name) ?? { keys: new Map(), seen: new Map(), dead: [] };
    queues.set(name, queue);
    return queue;
  };

  const keyOf = ({ keys }: MemoryQueue, orderingKey: string): KeyState => {
    const fresh = { entries: [], attempt: 0, readyAt: 0, turn: next() };
    const key = keys.get(orderingKey) ?? {
      orderingKey,
      ...fresh,
      lease: undefined,
      blockedBy: undefined,
    };
    keys.set(orderingKey, key);
    return key;
  };

  const append = (queue: MemoryQueue, entry: Entry): void => {
    const key = keyOf(queue, entry.orderingKey);
    key.entries.push(entry);
    key.entries.sort((one, other) => one.position - other.position);
    if (key.entries[0] === entry) key.readyAt = Math.max(key.readyAt, entry.readyAt);
  };

  /** The first entry changed: it has had no lease yet, and it may be delayed. */
  const advanceKey = ({ keys }: MemoryQueue, key: KeyState): void => {
    const [head] = key.entries;
    if (!head && key.blockedBy === undefined) keys.delete(key.orderingKey);
    key.attempt = key.lease ? 1 : 0;
    if (key.lease) return;
    key.readyAt = head?.readyAt ?? 0;
    key.turn = next();
  };

  const setAside = (queue: MemoryQueue, key: KeyState, { reason, blocksKey }: SetAside): void => {
    const [head, ...others] = key.entries;
    if (!head) return;
    const { attempt } = key;
    const times = { enqueuedAt: new Date(head.enqueuedAt), deadAt: new Date(now()) };
    const { id, position, orderingKey, dedupeKey, body } = head;
    const message = { id, position, orderingKey, dedupeKey, body, attempt };
    queue.dead.push({ ...message, ...times, reason, isBlocking: blocksKey });
    key.entries = others;
    key.lease?.positions.shift();
    if (blocksKey) key.blockedBy = head.id;
    if (blocksKey || key.lease?.positions.length === 0) key.lease = undefined;
    advanceKey(queue, key);
  };

  const isFree = ({ blockedBy, lease, readyAt, entries }: KeyState): boolean =>
    blockedBy === undefined &&
    entries.length > 0 &&
    (lease ? lease.expiresAt <= now() : readyAt <= now());

  const grant = (key: KeyState, request: LeaseRequest, room: number): LeasedMessage[] => {
    const waiting = key.entries.findIndex(({ readyAt }, index) => index > 0 && readyAt > now());
    const due = waiting === -1 ? key.entries : key.entries.slice(0, waiting);
    const entries = due.slice(0, Math.min(request.maximumPerKey, room));
    const expiresAt = now() + request.leaseSeconds * 1000;
    const token = randomUUID();
    key.attempt += 1;
    key.lease = { token, expiresAt, positions: entries.map(({ position }) => position) };
    return entries.map((entry, index) => ({
      ...entry,
      attempt: index === 0 ? key.attempt : 1,
      enqueuedAt: new Date(entry.enqueuedAt),
      expiresAt: new Date(expiresAt),
      reference: JSON.stringify([entry.orderingKey, entry.position, token]),
    }));
  };

  /** A lease that ran out has cost its attempt; the last one costs the message its place. */
  const giveUpOnLost = (queue: MemoryQueue, key: KeyState, request: LeaseRequest): void => {
    key.lease = undefined;
    if (key.attempt < request.maximumAttempts) return;
    const { exhaustedReason: reason, onExhausted } = request;
    setAside(queue, key, { reason, blocksKey: onExhausted === "block" });
  };

  const inTurn = ({ keys }: MemoryQueue, first: readonly string[]): KeyState[] => {
    const byTurn = [...keys.values()].sort((one, other) => one.turn - other.turn);
    const rank = ({ orderingKey }: KeyState): number =>
      first.includes(orderingKey) ? first.indexOf(orderingKey) : first.length;
    return byTurn.sort((one, other) => rank(one) - rank(other));
  };

  const lease = (queue: MemoryQueue, request: LeaseRequest): LeasedMessage[] => {
    const first = toFirst();
    const leased: LeasedMessage[] = [];
    for (const key of inTurn(queue, first).filter(isFree)) {
      const room = request.maximumMessages - leased.length;
      if (room === 0 && !first.includes(key.orderingKey)) break;
      giveUpOnLost(queue, key, request);
      if (room > 0 && isFree(key)) leased.push(...grant(key, request, room));
    }
    return leased;
  };

  const settle = <Answer>(
    { queue: name, reference }: Claim,
    change: (queue: MemoryQueue, key: KeyState) => Answer,
    inOrder = true,
  ): Answer | Unsettled => {
    const [orderingKey, position, token] = JSON.parse(reference) as [string, number, string];
    const queue = queueOf(name);
    const key = queue.keys.get(orderingKey);
    const held = key?.lease;
    if (!key || held?.token !== token || held.expiresAt <= now()) return "stale";
    if (!held.positions.includes(position)) return "stale";
    if (inOrder && held.positions[0] !== position) return "early";
    return change(queue, key);
  };

  const restore = (queue: MemoryQueue, letter: MemoryQueue["dead"][number]): void => {
    const { enqueuedAt, orderingKey, isBlocking, id, position } = letter;
    const place = { position: isBlocking ? position : next(), readyAt: 0 };
    const key = keyOf(queue, orderingKey);
    if (key.blockedBy === id) {
      key.blockedBy = undefined;
      key.readyAt = 0;
      key.turn = next();
    }
    append(queue, { ...letter, ...place, enqueuedAt: enqueuedAt.getTime(), delaySeconds: 0 });
  };

  const take = (queue: MemoryQueue, ids: readonly string[] | "all"): MemoryQueue["dead"] => {
    const taken = queue.dead.filter(({ id }) => ids === "all" || ids.includes(id));
    queue.dead = queue.dead.filter((letter) => !taken.includes(letter));
    return taken.sort((one, other) => one.position - other.position);
  };

  const acknowledge: QueueDriver["acknowledge"] = async (claim) =>
    settle(claim, (queue, key) => {
      key.entries.shift();
      key.lease?.positions.shift();
      if (key.lease?.positions.length === 0) key.lease = undefined;
      advanceKey(queue, key);
      return "done";
    });

  return {
    traits: memoryTraits,
    place: "memory",
    enqueue: async (name, messages, windowSeconds) => {
      const queue = queueOf(name);
      return messages.map((message) => {
        const known = queue.seen.get(message.dedupeKey);
        if (known && known.until > now()) return { status: "duplicate", id: known.id };
        const position = next();
        const id = String(position);
        queue.seen.set(message.dedupeKey, { id, until: now() + windowSeconds * 1000 });
        const times = { enqueuedAt: now(), readyAt: after(message.delaySeconds) };
        append(queue, { ...message, id, position, ...times });
        return { status: "enqueued", id };
      });
    },
    lease: async (name, request) => lease(queueOf(name), request),
    extend: async (claim, seconds) => {
      const expiresAt = now() + seconds * 1000;
      const answer = settle(
        claim,
        (_, key) => {
          if (key.lease) key.lease.expiresAt = expiresAt;
          return new Date(expiresAt);
        },
        false,
      );
      return answer === "early" ? "stale" : answer;
    },
    acknowledge,
    acknowledgeAll: async (claims) => {
      const answers: ("done" | Unsettled)[] = [];
      for (const claim of claims) answers.push(await acknowledge(claim));
      return answers;
    },
    release: async (claim, delaySeconds) =>
      settle(claim, (_, key) => {
        key.lease = undefined;
        key.readyAt = after(delaySeconds);
        key.turn = next();
        return new Date(now() + delaySeconds * 1000);
      }),
    deadLetter: async (claim, aside) =>
      settle(claim, (queue, key) => {
        setAside(queue, key, aside);
        return "done";
      }),
    stats: async (name) => toMemoryStatus(queueOf(name), now()),
    listDeadLetters: async (name, { limit, cursor }) => {
      const after = Number(checkCursor(cursor ?? "0", /^\d+$/));
      const letters = queueOf(name)
        .dead.filter(({ position }) => position > after)
        .sort((one, other) => one.position - other.position);
      const page = letters.slice(0, limit);
      const last = page.at(-1);
      return {
        deadLetters: page.map(({ position: _, ...letter }) => letter),
        cursor: last && letters.length > limit ? String(last.position) : null,
      };
    },
    redrive: async (name, ids) => {
      const queue = queueOf(name);
      const letters = take(queue, ids);
      for (const letter of letters) restore(queue, letter);
      return letters.length;
    },
    discard: async (name, ids) => {
      const queue = queueOf(name);
      const letters = take(queue, ids);
      for (const { id, orderingKey } of letters) {
        const key = queue.keys.get(orderingKey);
        if (key?.blockedBy !== id) continue;
        key.blockedBy = undefined;
        advanceKey(queue, key);
      }
      return letters.length;
    },
    ensure: async () => ({ warnings: [] }),
    remove: async (name) => {
      queues.delete(name);
    },
    close: async () => undefined,
  };
};
