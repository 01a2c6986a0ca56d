import { HooklineError } from "../../errors";
import { get } from "../../http/api-request";
import type { Listing } from "../../subscriptions/call";
import { readItems, readTextAt } from "../../subscriptions/read-answer";
import type { Settings } from "../../subscriptions/setting";

interface Type {
  readonly key: string;
  readonly label: string;
}

/** Content types, then media types: a webhook is narrowed down to either. No paging is documented; pages are followed all the same. */
export const types: Listing<unknown, Type> = {
  request: (_input, page = "content/type 1") => {
    const [place = "", number = ""] = page.split(" ");
    return get(`/${place}`, number === "1" ? {} : { page: number });
  },
  read: ({ data }, _input, page = "content/type 1") => {
    const [place = "", number = ""] = page.split(" ");
    const name = place === "content/type" ? "contenttypes" : "mediatypes";
    const items = readItems(data, `_embedded.${name}`).map((type) => ({
      key: readTextAt(type, "alias"),
      label: readTextAt(type, "name") || readTextAt(type, "alias"),
    }));
    if (Number(readTextAt(data, "_totalPages")) > Number(number))
      return { items, next: `${place} ${Number(number) + 1}` };
    return { items, next: place === "content/type" ? "media/type 1" : undefined };
  },
};

/** The same without the labels. */
export const typeAliases: Listing<unknown, string> = {
  request: types.request,
  read: (answer, input, page) => {
    const { items, next } = types.read(answer, input, page);
    return { items: items.map(({ key }) => key), next };
  },
};

/** @throws HooklineError INPUT_INVALID for a type that the project does not have. */
export const checkTypes = (aliases: readonly string[], { contentTypes }: Settings): void => {
  const wanted = Array.isArray(contentTypes) ? contentTypes : [];
  const unknown = wanted.find((alias) => !aliases.includes(alias));
  if (unknown === undefined) return;
  throw new HooklineError(
    "INPUT_INVALID",
    `Content Types: the project has no content type or media type with the alias "${unknown.slice(0, 60)}". It has ${aliases.slice(0, 20).join(", ") || "none"}.`,
  );
};
