import { remove, type Work } from "./apply-changes";
import { inParallel } from "./in-parallel";
import { isAt, type Place } from "./ledger";
import type { Orphan, RecordedSubscription } from "./record";

export interface Removal extends Work {
  readonly place: Place;
}

const describe = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const toOrphan = ({ id, scope, baseUrl }: RecordedSubscription, reason: string): Orphan => ({
  id,
  scope,
  baseUrl,
  reason,
});

/** Removes one noted subscription by what was noted, not by today's settings. Returns it where that cannot be done. */
export const removeNoted = async (
  task: Removal,
  entry: RecordedSubscription,
): Promise<Orphan | undefined> => {
  if (entry.baseUrl !== task.place.baseUrl)
    return toOrphan(
      entry,
      `It was made at ${entry.baseUrl}, and the connection points elsewhere now: remove it by hand.`,
    );
  try {
    const result = await remove({ ...task, scope: entry.scope }, entry.id, entry.key);
    return result === "settled" ? undefined : toOrphan(entry, "The provider gave no clear answer.");
  } catch (error) {
    return toOrphan(entry, describe(error));
  }
};

/** Removes what was made under other settings: another repository, kapp or server. Never fails. */
export const removeElsewhere = async (task: Removal): Promise<readonly Orphan[]> => {
  const elsewhere = task.ledger.all().filter((entry) => !isAt(entry, task.place));
  const { results } = await inParallel(elsewhere, (entry) => removeNoted(task, entry));
  const orphans = results.filter((orphan) => orphan !== undefined);
  for (const { id, reason } of orphans)
    task.host.log(`Could not remove subscription ${id}. ${reason}`);
  return orphans;
};
