import type { SendRequest } from "../http/api-request";
import type { Listing } from "./call";
import { isSuccess, type Refusal, toRefusal } from "./refusal";

const MAXIMUM_PAGES = 200;

export interface ListingTask<Input, Item> {
  readonly listing: Listing<Input, Item>;
  readonly input: Input;
  /** What the list is of, for people. */
  readonly what: string;
  readonly hints?: Refusal["hints"];
  /** Texts that no message may repeat. */
  readonly secrets: readonly string[];
}

/** Every item of all pages. A page that was asked for or seen before ends the list: some APIs repeat their last one for ever. An empty page does not. */
export const readListing = async <Input, Item>(
  send: SendRequest,
  { listing, input, what, hints, secrets }: ListingTask<Input, Item>,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const asked = new Set<string | undefined>();
  const seen = new Set<string>();
  let page: string | undefined;
  while (!asked.has(page) && asked.size < MAXIMUM_PAGES) {
    asked.add(page);
    const answer = await send(listing.request(input, page));
    if (!isSuccess(answer)) throw toRefusal({ attempt: `list ${what}`, answer, hints, secrets });
    const { items: found, next } = listing.read(answer, input, page);
    const fresh = found.filter((item) => !seen.has(JSON.stringify(item)));
    for (const item of fresh) seen.add(JSON.stringify(item));
    items.push(...fresh);
    if (next === undefined || (found.length > 0 && fresh.length === 0)) break;
    page = next;
  }
  return items;
};
