/** An event that the site offers to webhooks, and what its delivery holds. */
export interface CatalogueEvent {
  readonly alias: string;
  readonly eventName: string;
  /** As the site declares it: everything without a kind of its own is `Other`, member events included. */
  readonly eventType: "Content" | "Media" | "Other";
  readonly payload: unknown;
}

export interface ContentType {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  /** Of the folder that it lies in; nothing at the root. */
  readonly parentId?: string;
  readonly isFolder?: true;
}

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly kind: "document" | "media";
  readonly typeId: string;
}

const FOLDER_ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const HOME_TYPE = "3b5d3a52-7e0b-4a57-9d5b-0f6a0d1b8c11";
const ARTICLE_TYPE = "55b1cb4e-3c1c-4c8b-9b3a-2f5e0b0f7a11";
const IMAGE_TYPE = "cc07b313-0843-4aa8-bbda-871c8da728c8";

export const DOCUMENT_TYPES: readonly ContentType[] = [
  { id: FOLDER_ID, name: "Pages", alias: "", isFolder: true },
  { id: HOME_TYPE, name: "Home", alias: "root" },
  { id: ARTICLE_TYPE, name: "Article", alias: "article", parentId: FOLDER_ID },
];

export const MEDIA_TYPES: readonly ContentType[] = [
  { id: IMAGE_TYPE, name: "Image", alias: "Image" },
];

export const HOME: Item = {
  id: "c1922956-7855-4fa0-8f2c-7af149a92135",
  name: "Root",
  kind: "document",
  typeId: HOME_TYPE,
};

export const LOGO: Item = {
  id: "6fba1c6a-4b1f-4a3b-9a55-7b7f6f0a2d10",
  name: "Logo",
  kind: "media",
  typeId: IMAGE_TYPE,
};

/** The payload type Legacy, which is the default up to version 17: member names start with a capital. */
const HOME_PAYLOAD = {
  Name: HOME.name,
  CreateDate: "2023-12-11T12:02:38.9979314",
  UpdateDate: "2023-12-11T12:02:38.9979314",
  Route: { Path: "/", StartItem: { Id: HOME.id, Path: "root" } },
  Id: HOME.id,
  ContentType: "root",
  Properties: {},
};

const LOGO_PAYLOAD = {
  Name: LOGO.name,
  MediaType: "Image",
  Url: "/media/logo.png",
  Extension: "png",
  Bytes: 2048,
  Id: LOGO.id,
  Properties: {},
};

type Facts = readonly [alias: string, eventName: string, payload: unknown];

const toEvents = (
  eventType: CatalogueEvent["eventType"],
  facts: readonly Facts[],
): readonly CatalogueEvent[] =>
  facts.map(([alias, eventName, payload]) => ({ alias, eventName, eventType, payload }));

const DELETED_HOME = { Id: HOME.id };

/** The five that every site offers, and some that a site's developer adds in code. */
export const EVENTS: readonly CatalogueEvent[] = [
  ...toEvents("Content", [
    ["Umbraco.ContentDelete", "Content Deleted", DELETED_HOME],
    ["Umbraco.ContentPublish", "Content Published", HOME_PAYLOAD],
    ["Umbraco.ContentUnpublish", "Content Unpublished", DELETED_HOME],
    ["Umbraco.ContentSaved", "Content Saved", HOME_PAYLOAD],
  ]),
  ...toEvents("Media", [
    ["Umbraco.MediaDelete", "Media Deleted", { Id: LOGO.id }],
    ["Umbraco.MediaSave", "Media Saved", LOGO_PAYLOAD],
    ["mediaMoved", "Media Moved", { Id: LOGO.id, NewParentId: null }],
  ]),
  ...toEvents("Other", [
    ["mediaTypeSaved", "Media Type Saved", [{ Id: IMAGE_TYPE }]],
    ["memberSaved", "Member Saved", { Id: "9a0b5b9e-6c3d-4a7e-8f1b-2c3d4e5f6a7b" }],
    [
      "dictionaryItemSaved",
      "Dictionary Item Saved",
      [{ Id: "1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b" }],
    ],
  ]),
];
