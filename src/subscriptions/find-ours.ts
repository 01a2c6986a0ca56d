import { toFound } from "./compare";
import { readMark, toBareUrl, toMark } from "./endpoint";
import { readListing } from "./read-listing";
import type { Found } from "./subscription-state";
import type { Work } from "./work";

type Search = Pick<Work, "subscription" | "wish" | "place" | "send" | "ledger" | "secrets">;

/** Ours carries our mark, and goes to an endpoint that is ours or was, or is one that we noted. Anything else is a stranger's. */
const isOurs = ({ wish, ledger }: Search, found: Found): boolean =>
  (found.mark ?? readMark(found.endpointUrl)) === toMark(wish.owner) &&
  (toBareUrl(found.endpointUrl) === toBareUrl(wish.endpointUrl) ||
    ledger.hasEndpoint(found.endpointUrl) ||
    ledger.get(found.id) !== undefined);

/** What a look at a place shows. */
export interface Sight {
  readonly ours: readonly Found[];
  /** Ids of all that the provider lists, strangers' included. */
  readonly listed: ReadonlySet<string>;
}

/** Looks what there is at the place; nothing where the provider has no list. An item that comes twice counts once. */
export const lookAround = async (search: Search): Promise<Sight | undefined> => {
  const { subscription, place, send, secrets } = search;
  const { list: listing, hints } = subscription;
  if (!listing) return undefined;
  const task = { listing, input: place.scope, what: "subscriptions", hints, secrets };
  const items = await readListing(send, task);
  const byId = new Map(items.map((item) => [item.id, item]));
  return {
    ours: [...byId.values()].filter((found) => isOurs(search, found)),
    listed: new Set(byId.keys()),
  };
};

/** Our subscriptions at the place as they are now. Where the provider lists none, as we noted them. The ledger is brought in line with what is listed. */
export const findOurs = async (search: Search, now: Date): Promise<readonly Found[]> => {
  const { ledger } = search;
  const sight = await lookAround(search);
  const noted = ledger.here();
  if (!sight) return noted.map(toFound);
  const ids = new Set(sight.ours.map(({ id }) => id));
  for (const { id } of noted) if (!ids.has(id)) ledger.strike(id, now);
  return sight.ours.map((found) => {
    const before = ledger.get(found.id);
    ledger.adopt(found, now);
    if (!before) return found;
    return { ...toFound(before), ...found, details: { ...before.details, ...found.details } };
  });
};
