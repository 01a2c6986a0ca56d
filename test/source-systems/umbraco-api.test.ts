import { type ApiRequest, get } from "../../src/http/api-request";
import { readListing } from "../../src/subscriptions/read-listing";
import { answer } from "../support/subscription-world";
import {
  API,
  ARTICLE_TYPE,
  connect,
  createSiteWorld,
  DELETE,
  failureOf,
  HOME_TYPE,
  MEDIA_SAVE,
  PUBLISH,
  settings,
  subscription,
} from "./umbraco-site";

describe("the events of an Umbraco site", () => {
  it("are checked before anything is made, because the API takes what it never fires", async () => {
    const world = createSiteWorld();
    const failure = await failureOf(
      world.deploy({ ...settings, events: [PUBLISH, "Content.Pub"] }),
    );
    expect(failure).toMatch(/^Events: this Umbraco site offers no event "Content\.Pub"/);
    expect(failure).toContain(MEDIA_SAVE);
    expect(world.live()).toEqual([]);
  });

  it("are told in their right spelling", async () => {
    const world = createSiteWorld();
    const failure = await failureOf(world.deploy({ ...settings, events: [PUBLISH.toLowerCase()] }));
    expect(failure).toContain(`is spelled "${PUBLISH}"`);
  });

  it("can be picked from what the site offers, with their kind", async () => {
    const choices = await connect().choose("umbracoEvents");
    expect(choices).toContainEqual({ key: PUBLISH, label: "Content Published (Content)" });
    expect(choices).toContainEqual({ key: "memberSaved", label: "Member Saved (Other)" });
  });
});

describe("the types of an Umbraco site", () => {
  it("can be picked, media types and those in folders included, folders not", async () => {
    expect(await connect().choose("umbracoContentTypes")).toEqual([
      { key: HOME_TYPE, label: "Document type: Home" },
      { key: ARTICLE_TYPE, label: "Document type: Article" },
      { key: "cc07b313-0843-4aa8-bbda-871c8da728c8", label: "Media type: Image" },
    ]);
  });
});

describe("a tree of types", () => {
  it("is read on after a full page, and into everything that has children", () => {
    const items = Array.from({ length: 100 }, (_item, index) => ({
      id: `type-${index}`,
      hasChildren: index === 7,
    }));
    const listing = subscription.choices?.umbracoContentTypes?.listing;
    const { next } = listing?.read(answer(200, { items }), {}, undefined) ?? {};
    const later = listing?.request({}, next);
    expect(later).toEqual(get(`${API}/tree/document-type/root`, { skip: 100, take: 100 }));
    const last = listing?.read(answer(200, { items: [] }), {}, next);
    expect(listing?.request({}, last?.next).query).toMatchObject({ parentId: "type-7" });
  });
});

describe("a folder", () => {
  it("is looked into even where a page holds nothing but folders", async () => {
    const listing = subscription.choices?.umbracoContentTypes?.listing;
    if (!listing) throw new Error("there are no types to choose from");
    const send = async ({ path, query }: ApiRequest) => {
      const isRoot = path === `${API}/tree/document-type/root`;
      if (isRoot) return answer(200, { items: [{ id: "f", isFolder: true, hasChildren: true }] });
      const isFolder = query?.parentId === "f";
      return answer(200, { items: isFolder ? [{ id: ARTICLE_TYPE, name: "Article" }] : [] });
    };
    const choices = await readListing(send, { listing, input: {}, what: "types", secrets: [] });
    expect(choices).toEqual([{ key: ARTICLE_TYPE, label: "Document type: Article" }]);
  });
});

describe("the webhooks of an Umbraco site", () => {
  it.each(["umb-generated-resource", "location"])(
    "tell their id in the header %s alone, because the answer to create is empty",
    async (kept) => {
      const world = createSiteWorld({
        change: ({ status, data, headers }) =>
          answer(status, data, Object.fromEntries([...headers].filter(([name]) => name === kept))),
      });
      const { subscriptions } = await world.deploy(settings);
      expect(subscriptions.map(({ id }) => id)).toEqual(world.live().map(({ id }) => id));
    },
  );

  it("are found beyond the first page, whatever the answer says their total is", async () => {
    const world = createSiteWorld();
    for (let count = 0; count < 250; count++)
      world.app.addByHand({ endpointUrl: `https://example.com/${count}`, events: [DELETE] });
    await world.deploy(settings, { crashBeforeSave: true });
    await world.deploy(settings);
    expect(world.live()).toHaveLength(251);
    expect(world.sent("POST")).toHaveLength(1);
  });

  it("show the secret in their headers, so that an adopted one keeps it", async () => {
    const world = createSiteWorld();
    const { secret } = await world.deploy(settings, { crashBeforeSave: true });
    expect((await world.deploy(settings)).secret).toBe(secret);
    expect(world.sent("PUT")).toEqual([]);
  });

  it.each([
    ["its secret header was removed", { headers: {} }],
    ["it was switched off", { enabled: false }],
    ["its events were changed", { events: [MEDIA_SAVE] }],
    ["a filter was added", { contentTypeKeys: [HOME_TYPE] }],
  ])("become as wanted again after %s by hand", async (_what, edit) => {
    const world = createSiteWorld();
    const { secret } = await world.deploy(settings);
    world.editByHand((webhook) => ({ ...webhook, ...edit }));
    await world.deploy(settings);
    expect(world.live()).toMatchObject([{ events: settings.events, enabled: true, secret }]);
    expect(world.app.fire(DELETE, { Id: "00000000-1111-4222-8333-444444444444" })).toHaveLength(1);
  });

  it("are left alone when a person only named them", async () => {
    const world = createSiteWorld();
    await world.deploy(settings);
    world.editByHand((webhook) => ({ ...webhook, name: "For the newsletter" }));
    const before = world.calls.length;
    await world.deploy(settings);
    expect(world.calls.slice(before).map(({ method }) => method)).toEqual(["POST", "GET"]);
  });
});
