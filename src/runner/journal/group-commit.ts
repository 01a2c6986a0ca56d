import { setImmediate as nextTurn } from "node:timers/promises";
import { HooklineError } from "../../errors";

export interface GroupCommitOptions<T> {
  /** Makes a batch durable as a whole, or throws. Never called twice at once. */
  readonly commit: (batch: readonly T[]) => Promise<void>;
  readonly sizeOf: (item: T) => number;
  /** A batch stays within this size unless a single item exceeds it. */
  readonly batchBytes: number;
  /** Beyond this much uncommitted, further items are turned away, so that memory stays bounded. */
  readonly maximumWaitingBytes: number;
}

export interface GroupCommit<T> {
  add(item: T): Promise<void>;
  /** Resolves once everything added so far is settled. */
  settle(): Promise<void>;
}

interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const overloaded = () =>
  new HooklineError(
    "JOURNAL_UNAVAILABLE",
    "Requests come in faster than the disk can store them. Send this one again later.",
    { retryable: true },
  );

/** Everything that arrives while one batch is being written shares the next, and so one fsync. */
export const createGroupCommit = <T>(options: GroupCommitOptions<T>): GroupCommit<T> => {
  const { commit, sizeOf, batchBytes, maximumWaitingBytes } = options;
  const waiting: Waiting<T>[] = [];
  let waitingBytes = 0;
  let running: Promise<void> | undefined;

  const takeBatch = (): Waiting<T>[] => {
    let bytes = 0;
    const overflow = waiting.findIndex(({ item }, index) => {
      bytes += sizeOf(item);
      return index > 0 && bytes > batchBytes;
    });
    return waiting.splice(0, overflow < 0 ? waiting.length : overflow);
  };

  const commitBatch = async (batch: readonly Waiting<T>[]) => {
    const items = batch.map(({ item }) => item);
    try {
      await commit(items);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    waitingBytes -= items.reduce((sum, item) => sum + sizeOf(item), 0);
  };

  const run = async () => {
    // Whoever arrives in the same turn of the event loop, or was just served and comes again, joins the batch.
    await nextTurn();
    while (waiting.length > 0) {
      await commitBatch(takeBatch());
      await nextTurn();
    }
    running = undefined;
  };

  const add = async (item: T): Promise<void> => {
    const bytes = sizeOf(item);
    if (waitingBytes > 0 && waitingBytes + bytes > maximumWaitingBytes) throw overloaded();
    waitingBytes += bytes;
    const settled = new Promise<void>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
    });
    running ??= run();
    await settled;
  };

  return { add, settle: async () => running };
};
