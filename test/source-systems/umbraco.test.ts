import {
  ARTICLE_TYPE,
  createSiteWorld,
  DELETE,
  failureOf,
  HOME_TYPE,
  MEDIA_SAVE,
  PUBLISH,
  settings,
} from "./umbraco-site";

describe("what an Umbraco webhook is asked to deliver", () => {
  it("001-4 needs a URL that can be reached", async () => {
    const world = createSiteWorld();
    const failure = await failureOf(world.deploy(settings, { endpointUrl: "/trigger/1" }));
    expect(failure).toMatch(/^Endpoint URL: it is not an absolute URL/);
    expect(world.live()).toEqual([]);
  });

  it("001-5 needs at least one event", async () => {
    const world = createSiteWorld();
    const failure = await failureOf(world.deploy({ ...settings, events: [] }));
    expect(failure).toMatch(/choose at least one event/);
    expect(world.calls).toEqual([]);
  });

  it("001-5 puts several events of one kind into one webhook, and other kinds into others", async () => {
    const world = createSiteWorld();
    const events = [PUBLISH, MEDIA_SAVE, DELETE, "memberSaved", "mediaTypeSaved", "mediaMoved"];
    await world.deploy({ ...settings, events });
    expect(world.live().map((live) => live.events)).toEqual([
      [PUBLISH, DELETE],
      [MEDIA_SAVE, "mediaMoved"],
      ["memberSaved"],
      ["mediaTypeSaved"],
    ]);
    expect(world.bodies("POST")).toMatchObject([
      { name: "Hookline: Content events" },
      { name: "Hookline: Media events" },
      { name: "Hookline: Member events" },
      { name: "Hookline: Other events" },
    ]);
  });

  it("001-7 filters content and media by their types, and nothing else", async () => {
    const world = createSiteWorld();
    const events = [PUBLISH, MEDIA_SAVE, "memberSaved", "dictionaryItemSaved"];
    await world.deploy({ ...settings, events, contentTypes: [ARTICLE_TYPE.toUpperCase()] });
    expect(world.bodies("POST")).toMatchObject([
      { contentTypeKeys: [ARTICLE_TYPE] },
      { contentTypeKeys: [ARTICLE_TYPE] },
      { contentTypeKeys: [] },
      { contentTypeKeys: [] },
    ]);
  });

  it("001-7 delivers every type without a filter, and only the chosen ones with it", async () => {
    const world = createSiteWorld();
    const home = world.app.events[PUBLISH];
    await world.deploy(settings);
    expect(world.app.fire(PUBLISH, home)).toHaveLength(1);
    await world.deploy({ ...settings, contentTypes: [ARTICLE_TYPE] });
    expect(world.app.fire(PUBLISH, home)).toHaveLength(0);
    await world.deploy({ ...settings, contentTypes: [HOME_TYPE, ARTICLE_TYPE] });
    expect(world.app.fire(PUBLISH, home)).toHaveLength(1);
  });

  it("001-7 refuses a type that is not named by its id", async () => {
    const world = createSiteWorld();
    const failure = await failureOf(world.deploy({ ...settings, contentTypes: ["article"] }));
    expect(failure).toMatch(/^Content Types: "article" is not the id of a type/);
    expect(world.calls).toEqual([]);
  });
});

describe("an Umbraco webhook that is there already", () => {
  it("001-8 is edited in its place", async () => {
    const world = createSiteWorld();
    await world.deploy(settings);
    const before = world.live().map(({ id }) => id);
    const changed = { ...settings, events: [PUBLISH], headers: { "X-Source": "website" } };
    await world.deploy(changed);
    expect(world.live().map(({ id }) => id)).toEqual(before);
    expect(world.live()).toMatchObject([{ events: [PUBLISH] }]);
    expect(world.sent("PUT")).toHaveLength(1);
  });

  it("001-8 is replaced as a whole by an update, so that an update repeats everything but the id", async () => {
    const world = createSiteWorld();
    const wanted = {
      ...settings,
      contentTypes: [ARTICLE_TYPE],
      headers: { "X-Source": "website" },
    };
    await world.deploy(wanted);
    await world.deploy({ ...wanted, enabled: false });
    const [created] = world.bodies("POST");
    expect(world.bodies("PUT")).toEqual([{ ...(created as object), enabled: false }]);
    expect(created).not.toHaveProperty("id");
  });

  it("001-9 falls silent and speaks again by its switch", async () => {
    const world = createSiteWorld();
    await world.deploy(settings);
    await world.deploy({ ...settings, enabled: false });
    expect(world.live()).toMatchObject([{ enabled: false }]);
    expect(world.app.fire(PUBLISH, world.app.events[PUBLISH])).toEqual([]);
    await world.deploy(settings);
    expect(world.app.fire(PUBLISH, world.app.events[PUBLISH])).toHaveLength(1);
    expect(world.sent("DELETE")).toEqual([]);
  });
});

describe("the headers of an Umbraco webhook", () => {
  it("001-10 carry the secret and what the builder adds", async () => {
    const world = createSiteWorld();
    const { secret } = await world.deploy({ ...settings, headers: { "X-Source": "website" } });
    const [delivery] = world.app.fire(PUBLISH, world.app.events[PUBLISH]);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(delivery?.headers).toMatchObject({ "x-source": "website", "X-Webhook-Secret": secret });
  });

  it.each([
    ["x-webhook-secret", "another"],
    ["Umb-Webhook-Event", "Umbraco.ContentDelete"],
    ["Content-Type", "text/plain"],
    ["X Source", "website"],
    ["X-Source", "web\r\nX-Other: site"],
  ])("001-10 cannot be %s: %j", async (name, value) => {
    const world = createSiteWorld();
    const failure = await failureOf(world.deploy({ ...settings, headers: { [name]: value } }));
    expect(failure).toMatch(/^Headers: /);
    expect(failure).not.toContain(value);
    expect(world.calls).toEqual([]);
  });
});
