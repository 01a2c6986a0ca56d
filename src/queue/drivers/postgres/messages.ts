import { randomBytes } from "node:crypto";
import type { QueueDriver } from "../../driver";
import type { Calls } from "./calls";
import { toReference } from "./reference";
import { readStoredText, toHash, toShortHash, toStoredText } from "./stored-text";

interface EnqueuedRow {
  readonly is_new: boolean;
  readonly id: string;
}

export const createEnqueue =
  ({ call }: Calls): QueueDriver["enqueue"] =>
  async (queue, messages, dedupeWindowSeconds) => {
    const orderingKeys = messages.map(({ orderingKey }) => toStoredText(orderingKey));
    const dedupeKeys = messages.map(({ dedupeKey }) => toStoredText(dedupeKey));
    const rows = await call<EnqueuedRow>("enqueue", [
      queue,
      orderingKeys.map(toShortHash),
      orderingKeys,
      dedupeKeys.map(toHash),
      dedupeKeys,
      messages.map(({ body }) => body),
      messages.map(({ delaySeconds }) => delaySeconds),
      dedupeWindowSeconds,
    ]);
    return rows.map(({ is_new, id }) => ({ status: is_new ? "enqueued" : "duplicate", id }));
  };

interface LeasedRow {
  readonly key: string;
  readonly seq: string;
  readonly id: string;
  readonly ordering_key: string;
  readonly dedupe_key: string;
  readonly body: string;
  readonly attempt: number;
  readonly enqueued_at: string;
  readonly expires_at: string;
}

export const createLease =
  ({ call }: Calls): QueueDriver["lease"] =>
  async (queue, request) => {
    const token = randomBytes(16).toString("hex");
    const rows = await call<LeasedRow>("lease", [
      queue,
      request.maximumMessages,
      request.maximumPerKey,
      request.leaseSeconds,
      request.maximumAttempts,
      request.onExhausted === "block",
      request.exhaustedReason,
      token,
    ]);
    return rows.map((row) => ({
      id: row.id,
      orderingKey: readStoredText(row.ordering_key),
      dedupeKey: readStoredText(row.dedupe_key),
      body: row.body,
      attempt: row.attempt,
      enqueuedAt: new Date(Number(row.enqueued_at)),
      expiresAt: new Date(Number(row.expires_at)),
      reference: toReference({ key: row.key, seq: row.seq, token }),
    }));
  };
