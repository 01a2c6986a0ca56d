import { checkHistory } from "../../support/queue/history/check-history";
import type { History } from "../../support/queue/history/events";
import { createMemoryDriver } from "../../support/queue/memory-driver";
import { playEnqueue } from "./enqueue-step";
import { playLease } from "./lease-step";
import { playLetters } from "./letters-step";
import { readLetters } from "./read-letters";
import { playSettle } from "./settle-step";
import type { Step } from "./step";
import { createTable, type Player, type Table, toDedupeKey } from "./table";
import { toLetterView, toStatusView } from "./view";

const toDurations = (step: Step): number[] => {
  switch (step.do) {
    case "enqueue":
      return [step.windowSeconds, ...step.drafts.map(({ delaySeconds }) => delaySeconds)];
    case "lease":
      return [step.leaseSeconds];
    case "release":
      return [step.delaySeconds];
    case "extend":
      return [step.seconds];
    default:
      return [];
  }
};

/** Moves both clocks; not back over the end of something, where the engine may know that it has ended. */
const playJump = async ({ clock, player, ends }: Table, seconds: number): Promise<void> => {
  const now = clock.now();
  const target = now + seconds * 1000;
  if (player.remembersEnds && ends.some((end) => target < end && end <= now)) return;
  clock.jump(seconds);
  await player.advance(seconds);
};

const playStep = async (table: Table, step: Step): Promise<void> => {
  switch (step.do) {
    case "enqueue":
      return playEnqueue(table, step);
    case "lease":
      return playLease(table, step);
    case "crash":
      table.held = table.held.filter(({ consumer }) => consumer !== step.consumer);
      return;
    case "jump":
      return playJump(table, step.seconds);
    case "redrive":
    case "discard":
      return playLetters(table, step);
    default:
      return playSettle(table, step);
  }
};

const compare = async (table: Table): Promise<void> => {
  const { player, reference, queue, ids } = table;
  table.letters = await readLetters(player.driver, queue);
  const expected = await readLetters(reference, queue);
  expect(table.letters.map((letter) => toLetterView(letter, ids.get(letter.id)))).toEqual(
    expected.map((letter) => toLetterView(letter, letter.id)),
  );
  expect(toStatusView(await player.driver.stats(queue))).toEqual(
    toStatusView(await reference.stats(queue)),
  );
};

/** Plays on an engine and on the reference in step, and compares all that can be seen after each step. */
export const playBeside = async (
  player: Player,
  queue: string,
  steps: readonly Step[],
  createReference = createMemoryDriver,
): Promise<History> => {
  const table = createTable(player, queue, createReference);
  for (const step of steps) {
    const now = table.clock.now();
    table.ends.push(...toDurations(step).map((seconds) => now + seconds * 1000));
    await playStep(table, step);
    await compare(table);
  }
  return table.events;
};

/** What the reference has no part in: whether a history breaks a promise. */
export const expectPromisesKept = (history: History): void => {
  expect(checkHistory(history, { isDrained: false, toDedupeKey })).toEqual([]);
};
