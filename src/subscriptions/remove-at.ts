import { toMessage } from "../errors";
import { remove } from "./apply-changes";
import { lookAround } from "./find-ours";
import { inParallel } from "./in-parallel";
import { isAt, type Place } from "./ledger";
import type { Orphan } from "./record";
import type { Work } from "./work";

/** What stands for a subscription in messages, and is all that its removal needs. */
type Target = Pick<Orphan, "id"> & { readonly key: string };

/**
 * What of ours is at the place: what the provider lists, and what we noted and it does not list, because a
 * list may be incomplete. What it lists as somebody else's by now is forgotten.
 */
const findTargets = async (work: Work): Promise<readonly Target[]> => {
  const { ledger, host } = work;
  try {
    const sight = await lookAround(work);
    if (!sight) return ledger.here();
    const { ours, listed } = sight;
    const ids = new Set(ours.map(({ id }) => id));
    for (const { id } of ledger.here())
      if (listed.has(id) && !ids.has(id)) ledger.strike(id, host.now());
    return [...ours, ...ledger.here().filter(({ id }) => !listed.has(id))];
  } catch (error) {
    host.log(`Could not look for subscriptions. ${toMessage(error)}`);
    return ledger.here();
  }
};

const removeTarget = async (work: Work, { id, key }: Target): Promise<Orphan | undefined> => {
  const reason = await remove(work, id, key).then(
    (result) => (result === "settled" ? undefined : "The provider gave no clear answer."),
    toMessage,
  );
  return reason === undefined ? undefined : { ...work.place, id, reason };
};

const refuseOthers = (work: Work, place: Place): readonly Orphan[] =>
  work.ledger
    .at(place)
    .here()
    .map(({ id }) => ({
      ...place,
      id,
      reason: `It was made at ${place.baseUrl}, and the connection points elsewhere now: remove it by hand.`,
    }));

/** Removes what is ours at one place, whatever today's settings say. Never fails. Returns what is left. */
export const removeAt = async (work: Work, place: Place): Promise<readonly Orphan[]> => {
  if (place.baseUrl !== work.place.baseUrl) return refuseOthers(work, place);
  const there = { ...work, place, ledger: work.ledger.at(place) };
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
export const removeElsewhere = async (work: Work): Promise<readonly Orphan[]> => {
  const elsewhere = work.ledger.all().filter((entry) => !isAt(entry, work.place));
  const orphans: Orphan[] = [];
  for (const place of toPlaces(elsewhere)) orphans.push(...(await removeAt(work, place)));
  for (const { id, reason } of orphans)
    work.host.log(`Could not remove subscription ${id}. ${reason}`);
  return orphans;
};
