import type { StandInAnswer } from "../stand-in";
import { notFound, ok, paged, type UmbracoCall } from "./answers";
import { type ContentType, DOCUMENT_TYPES, type Item, MEDIA_TYPES } from "./catalogue";
import type { Site } from "./site";

const showType = (
  types: readonly ContentType[],
  { id, name, isFolder, parentId }: ContentType,
) => ({
  id,
  name,
  parent: parentId === undefined ? null : { id: parentId },
  hasChildren: types.some((type) => type.parentId === id),
  isFolder: isFolder === true,
});

/** GET /tree/{document-type|media-type}/root and .../children?parentId= */
export const answerTree = (_site: Site, { segments, query }: UmbracoCall): StandInAnswer => {
  const [, tree, place] = segments;
  if (tree !== "document-type" && tree !== "media-type") return notFound("Not Found");
  const types = tree === "document-type" ? DOCUMENT_TYPES : MEDIA_TYPES;
  const parentId = place === "children" ? (query.get("parentId") ?? "") : undefined;
  const found = types.filter((type) => type.parentId === parentId);
  return paged(
    found.map((type) => showType(types, type)),
    query,
  );
};

const showItem = ({ id, name, kind, typeId }: Item) => ({
  id,
  isTrashed: false,
  [kind === "media" ? "mediaType" : "documentType"]: { id: typeId },
  values: [],
  variants: [{ culture: null, segment: null, name }],
});

/** GET /document/{id} and /media/{id} */
export const answerItem = (
  { items, deleted }: Site,
  { segments: [kind, id = ""] }: UmbracoCall,
): StandInAnswer => {
  const item = items.find((one) => one.kind === kind && one.id === id.toLowerCase());
  return item && !deleted.has(item.id)
    ? ok(showItem(item))
    : notFound("The requested item could not be found");
};
