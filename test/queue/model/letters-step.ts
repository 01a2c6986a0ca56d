import type { DeadLetter } from "../../../src/queue/message";
import type { Call } from "../../support/queue/history/events";
import type { Step } from "./step";
import { type Table, toMessageName } from "./table";

type LettersStep = Extract<Step, { do: "redrive" | "discard" }>;

const noteRedriven = (table: Table, letters: readonly DeadLetter[], call: Call): void => {
  for (const [rank, { id, orderingKey: key, dedupeKey, isBlocking }] of letters.entries()) {
    if (isBlocking) {
      const message = toMessageName(table, dedupeKey, id);
      table.events.push({ kind: "moved", ...call, key, message, to: "restored" });
      continue;
    }
    table.comings.set(id, (table.comings.get(id) ?? 1) + 1);
    const message = toMessageName(table, dedupeKey, id);
    const entered = { kind: "entered", key, message, rank, windowSeconds: 0 } as const;
    table.events.push({ ...entered, ...call, answer: "enqueued" });
  }
};

const noteDiscarded = (table: Table, letters: readonly DeadLetter[], call: Call): void => {
  for (const { id, orderingKey: key, dedupeKey, isBlocking } of letters) {
    const message = toMessageName(table, dedupeKey, id);
    if (isBlocking) table.events.push({ kind: "moved", ...call, key, message, to: "gone" });
  }
};

export const playLetters = async (table: Table, step: LettersStep): Promise<void> => {
  const { queue, player, reference, letters, ids, timed } = table;
  const { which } = step;
  const chosen = which === "all" ? [...letters] : which.flatMap((one) => letters[one] ?? []);
  const real = chosen.map(({ id }) => id);
  const own = real.map((id) => ids.get(id)!);
  const redriven = which === "all" ? which : real;
  const [count, call] = await timed(() =>
    step.do === "redrive"
      ? player.driver.redrive(queue, redriven)
      : player.driver.discard(queue, real),
  );
  const expected =
    step.do === "redrive"
      ? await reference.redrive(queue, which === "all" ? which : own)
      : await reference.discard(queue, own);
  expect(count).toBe(expected);
  const moved = letters.filter((letter) => chosen.includes(letter));
  if (step.do === "redrive") noteRedriven(table, moved, call);
  else noteDiscarded(table, moved, call);
};
