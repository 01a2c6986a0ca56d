import { type ApiRequest, get } from "../../http/api-request";
import { readPath } from "../../http/json-path";
import { readItems, readTextAt } from "../../subscriptions/read-answer";
import type { Choices } from "../../subscriptions/subscription";
import { API, PAGE_SIZE } from "./api";

/** A part of one of the two trees of types: their folders have to be walked, because the API lists no tree as a whole. */
interface Branch {
  readonly tree: "document-type" | "media-type";
  /** Nothing at the root. */
  readonly parentId?: string;
  readonly skip: number;
}

const ROOTS: readonly Branch[] = [
  { tree: "document-type", skip: 0 },
  { tree: "media-type", skip: 0 },
];

/** What is left to walk, as the page's name. */
const readBranches = (page: string | undefined): readonly Branch[] =>
  page === undefined ? ROOTS : (JSON.parse(page) as readonly Branch[]);

const toRequest = ({ tree, parentId, skip }: Branch): ApiRequest =>
  parentId === undefined
    ? get(`${API}/tree/${tree}/root`, { skip, take: PAGE_SIZE })
    : get(`${API}/tree/${tree}/children`, { parentId, skip, take: PAGE_SIZE });

const toLabel = (tree: Branch["tree"], item: unknown): string =>
  `${tree === "media-type" ? "Media" : "Document"} type: ${readTextAt(item, "name")}`;

const toBranches = (items: readonly unknown[], branch: Branch): readonly Branch[] => [
  ...(items.length < PAGE_SIZE ? [] : [{ ...branch, skip: branch.skip + PAGE_SIZE }]),
  ...items
    .filter((item) => readPath(item, "hasChildren") === true)
    .map((item) => ({ tree: branch.tree, parentId: readTextAt(item, "id"), skip: 0 })),
];

/** Document and media types in folders and out of them. */
export const umbracoContentTypes: Choices = {
  label: "Umbraco CMS Content Types",
  description: "The document types and media types of the Umbraco site",
  listing: {
    request: (_settings, page) => toRequest(readBranches(page)[0] as Branch),
    read: ({ data }, _settings, page) => {
      const [branch, ...waiting] = readBranches(page) as [Branch, ...Branch[]];
      const items = readItems(data, "items");
      const left = [...toBranches(items, branch), ...waiting];
      return {
        items: items
          .filter((item) => readPath(item, "isFolder") !== true)
          .map((item) => ({ key: readTextAt(item, "id"), label: toLabel(branch.tree, item) })),
        next: left.length === 0 ? undefined : JSON.stringify(left),
      };
    },
  },
  example: { key: "55b1cb4e-3c1c-4c8b-9b3a-2f5e0b0f7a11", label: "Document type: Article" },
};
