import type { SendRequest } from "../http/api-request";
import { toFound } from "./compare";
import { readMark, toBareUrl, toMark } from "./endpoint";
import { isAt, type Ledger, type Place } from "./ledger";
import { readListing } from "./read-listing";
import type { ApiSubscription } from "./subscription";
import type { Found } from "./subscription-state";
import type { Wish } from "./wish";

export interface Search {
  readonly subscription: ApiSubscription;
  readonly wish: Pick<Wish, "owner" | "endpointUrl">;
  readonly place: Place;
  readonly send: SendRequest;
  readonly ledger: Ledger;
}

/** Ours carries our mark, and goes to our endpoint or is one that we noted. Anything else is a stranger's. */
const isOurs = ({ wish, ledger }: Search, found: Found): boolean =>
  (found.mark ?? readMark(found.endpointUrl)) === toMark(wish.owner) &&
  (toBareUrl(found.endpointUrl) === toBareUrl(wish.endpointUrl) ||
    ledger.get(found.id) !== undefined);

/** Our subscriptions at the place as they are now. Where the provider lists none, as we noted them. The ledger is brought in line with what is listed. */
export const findOurs = async (search: Search, now: Date): Promise<readonly Found[]> => {
  const { subscription, place, send, ledger } = search;
  const { list, hints } = subscription;
  const noted = () => ledger.all().filter((entry) => isAt(entry, place));
  if (!list) return noted().map(toFound);
  const listed = await readListing(send, {
    listing: list,
    input: place.scope,
    what: "subscriptions",
    hints,
  });
  const ours = listed.filter((found) => isOurs(search, found));
  const ids = new Set(ours.map(({ id }) => id));
  for (const { id } of noted()) if (!ids.has(id)) ledger.strike(id, now);
  return ours.map((found) => {
    const before = ledger.get(found.id);
    ledger.adopt(found, now);
    return before ? { ...toFound(before), ...found } : found;
  });
};
