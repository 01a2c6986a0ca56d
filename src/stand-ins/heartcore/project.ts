import { readPath, toText } from "../../http/json-path";
import type { HandMade } from "../stand-in";

/** Content or media in the shape of the delivery API. */
export type HeartcoreRecord = Readonly<Record<string, unknown>> & { readonly _id: string };

export interface HeartcoreItem {
  readonly record: HeartcoreRecord;
  readonly state: "draft" | "published" | "deleted";
}

/** As the backoffice asks for it. */
export interface HeartcoreWebhook extends Required<HandMade> {
  readonly id: string;
  /** Aliases of content types and media types; empty for every one. */
  readonly contentTypes: readonly string[];
}

export interface HeartcoreProject {
  /** By id in lower case; media are saved and thereby published. */
  readonly items: Map<string, HeartcoreItem>;
  readonly webhooks: Map<string, HeartcoreWebhook>;
}

export const HEARTCORE_USER = { projectAlias: "acme-website", apiKey: "stand-in-api-key" };

export const CONTENT_TYPES = [
  { alias: "home", name: "Home", id: "6eb240ce-8f78-4467-ab51-68918cde2866" },
  { alias: "products", name: "Products", id: "082333be-34b1-4c2d-81a6-be92640094fc" },
  { alias: "product", name: "Product", id: "8007e923-e62a-4ac1-a33f-caf3052582f4" },
];

export const MEDIA_TYPES = [
  { alias: "Folder", name: "Folder", id: "f38bd2d7-65d0-48e6-95dc-87ce06ec2d3d" },
  { alias: "Image", name: "Image", id: "cc07b313-0843-4aa8-bbda-871c8da728c8" },
  { alias: "File", name: "File", id: "4c52d8ab-54e6-40cd-999c-7a5f24903e4d" },
];

const PRODUCTS: HeartcoreRecord = {
  _creatorName: "Rasmus",
  _url: "/products/",
  _urls: { "en-us": "/products/" },
  _writerName: "Rasmus",
  _hasChildren: true,
  _level: 1,
  _createDate: "2019-06-17T13:46:24.093Z",
  _id: "ec4aafcc-0c25-4f25-a8fe-705bfae1d324",
  _updateDate: "2019-09-17T14:43:14.827Z",
  contentTypeAlias: "products",
  name: "Products",
  sortOrder: 3,
};

const PHOTO: HeartcoreRecord = {
  _creatorName: "Rasmus",
  _url: "https://media.umbraco.io/acme-website/unicorn.jpg",
  _writerName: "Rasmus",
  _hasChildren: false,
  _level: 1,
  _createDate: "2019-06-17T13:46:42.203Z",
  _id: "662af6ca-411a-4c93-a6c7-22c4845698e7",
  _updateDate: "2019-06-17T13:46:42.203Z",
  mediaTypeAlias: "Image",
  name: "Unicorn",
  sortOrder: 0,
};

/** Example payloads. That events of media exist and what they are called is assumed. */
export const EVENTS: Readonly<Record<string, HeartcoreRecord>> = {
  "content.publish": PRODUCTS,
  "content.unpublish": { _id: PRODUCTS._id },
  "content.delete": { _id: PRODUCTS._id },
  "media.save": PHOTO,
  "media.delete": { _id: PHOTO._id },
};

export const createProject = (): HeartcoreProject => ({
  items: new Map(
    [PRODUCTS, PHOTO].map((record) => [record._id, { record, state: "published" as const }]),
  ),
  webhooks: new Map(),
});

const STATES: Readonly<Record<string, HeartcoreItem["state"]>> = {
  publish: "published",
  save: "published",
  unpublish: "draft",
  delete: "deleted",
};

/** Brings the project to where an event leaves it, so that a record can be fetched after its event. */
export const noteEvent = ({ items }: HeartcoreProject, event: string, payload: unknown): void => {
  const id = toText(readPath(payload, "_id"));
  const state = STATES[event.split(".")[1] ?? ""];
  if (id === undefined || state === undefined) return;
  const known = items.get(id.toLowerCase())?.record;
  const record = { ...known, ...(payload as HeartcoreRecord) };
  items.set(id.toLowerCase(), { record, state });
};

/** The content type or media type of what a payload is about, also where it holds nothing but the id. */
export const typeOf = ({ items }: HeartcoreProject, payload: unknown): string | undefined => {
  const known = items.get((toText(readPath(payload, "_id")) ?? "").toLowerCase())?.record;
  const record = { ...known, ...(payload as Partial<HeartcoreRecord>) };
  return toText(record.contentTypeAlias) ?? toText(record.mediaTypeAlias);
};
