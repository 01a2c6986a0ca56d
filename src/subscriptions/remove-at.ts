import { remove } from "./apply-changes";
import { lookAround } from "./find-ours";
import { inParallel } from "./in-parallel";
import { isAt, type Place } from "./ledger";
import type { Orphan } from "./record";
import type { Wish } from "./wish";
import type { Work } from "./work";

export interface Removal extends Work {
  readonly wish: Pick<Wish, "owner" | "endpointUrl">;
  readonly place: Place;
}

/** What stands for a subscription in messages, and is all that its removal needs. */
type Target = Pick<Orphan, "id"> & { readonly key: string };

const describe = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/**
 * What of ours is at the place: what the provider lists, and what we noted and it does not list, because a
 * list may be incomplete. What it lists as somebody else's by now is forgotten.
 */
const findTargets = async (task: Removal): Promise<readonly Target[]> => {
  const { ledger, host } = task;
  try {
    const sight = await lookAround(task);
    if (!sight) return ledger.here();
    const { ours, listed } = sight;
    const ids = new Set(ours.map(({ id }) => id));
    for (const { id } of ledger.here())
      if (listed.has(id) && !ids.has(id)) ledger.strike(id, host.now());
    return [...ours, ...ledger.here().filter(({ id }) => !listed.has(id))];
  } catch (error) {
    host.log(`Could not look for subscriptions. ${describe(error)}`);
    return ledger.here();
  }
};

const removeTarget = async (task: Removal, { id, key }: Target): Promise<Orphan | undefined> => {
  const reason = await remove(task, id, key).then(
    (result) => (result === "settled" ? undefined : "The provider gave no clear answer."),
    describe,
  );
  return reason === undefined ? undefined : { ...task.place, id, reason };
};

const refuseOthers = (task: Removal, place: Place): readonly Orphan[] =>
  task.ledger
    .at(place)
    .here()
    .map(({ id }) => ({
      ...place,
      id,
      reason: `It was made at ${place.baseUrl}, and the connection points elsewhere now: remove it by hand.`,
    }));

/** Removes what is ours at one place, whatever today's settings say. Never fails. Returns what is left. */
export const removeAt = async (task: Removal, place: Place): Promise<readonly Orphan[]> => {
  if (place.baseUrl !== task.place.baseUrl) return refuseOthers(task, place);
  const there = { ...task, place, scope: place.scope, ledger: task.ledger.at(place) };
  const targets = await findTargets(there);
  const { results } = await inParallel(targets, (target) => removeTarget(there, target));
  return results.filter((orphan) => orphan !== undefined);
};

/** Each place once. */
export const toPlaces = (places: readonly Place[]): readonly Place[] =>
  places
    .filter((place, index) => places.findIndex((other) => isAt(other, place)) === index)
    .map(({ scope, baseUrl }) => ({ scope, baseUrl }));

/** Removes what was made under other settings: another repository, kapp or server. Never fails. */
export const removeElsewhere = async (task: Removal): Promise<readonly Orphan[]> => {
  const elsewhere = task.ledger.all().filter((entry) => !isAt(entry, task.place));
  const orphans: Orphan[] = [];
  for (const place of toPlaces(elsewhere)) orphans.push(...(await removeAt(task, place)));
  for (const { id, reason } of orphans)
    task.host.log(`Could not remove subscription ${id}. ${reason}`);
  return orphans;
};
