import type { Step } from "./step";
import { type Table, toMessageName } from "./table";

type EnqueueStep = Extract<Step, { do: "enqueue" }>;

export const playEnqueue = async (table: Table, step: EnqueueStep): Promise<void> => {
  const { queue, player, reference, ids, events, timed } = table;
  const { windowSeconds, drafts } = step;
  const messages = drafts.map(({ key, dedupeKey, delaySeconds }) => ({
    orderingKey: key,
    dedupeKey,
    delaySeconds,
    body: JSON.stringify([key, dedupeKey, events.length]),
  }));
  const [real, call] = await timed(() => player.driver.enqueue(queue, messages, windowSeconds));
  const expected = await reference.enqueue(queue, messages, windowSeconds);
  expect(real).toHaveLength(messages.length);
  for (const [rank, { status, id }] of real.entries()) {
    const other = expected[rank]!;
    if (status === "enqueued" && other.status === "enqueued") {
      expect(ids.has(id)).toBe(false);
      ids.set(id, other.id);
    }
    expect({ rank, status, id: ids.get(id) }).toEqual({ rank, ...other });
    const { orderingKey: key, dedupeKey } = messages[rank]!;
    const message = status === "enqueued" ? toMessageName(table, dedupeKey, id) : `${dedupeKey}/`;
    events.push({ kind: "entered", ...call, key, message, rank, windowSeconds, answer: status });
  }
};
