import type { ApiAnswer, ApiClientOptions, ApiRequest } from "../../../src/http/api-request";
import { heartcore } from "../../../src/providers/heartcore";
import { prepareManual } from "../../../src/subscriptions/prepare-manual";
import { readListing } from "../../../src/subscriptions/read-listing";
import type { SubscriptionRecord } from "../../../src/subscriptions/record";
import type { Settings } from "../../../src/subscriptions/setting";
import type { ManualSubscription } from "../../../src/subscriptions/subscription";
import { answer } from "../../support/subscription-world";

const subscription = heartcore.subscription as ManualSubscription;
const SECRET = "b7c1a5e0b7c1a5e0b7c1a5e0";
const ENDPOINT = "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=";
const NOW = new Date("2026-01-01T00:00:00.000Z");

const fields = { projectAlias: "acme", apiKey: "key-0123456789", webhookSecret: SECRET };
const settings = {
  events: ["content.publish", "content.unpublish"],
  contentTypes: ["product", "Image"],
  headers: {},
  restrictSources: false,
};

const denied = answer(401, {
  error: { code: "Unauthorized", message: "Authorization has been denied for this request." },
});

/** A type as the Management API shows it, without its groups. */
const type = (alias: string, name: string) => ({
  allowCultureVariant: false,
  alias,
  compositions: [],
  groups: [],
  name,
  _createDate: "2019-10-04T07:10:08.99Z",
  _id: "ffb4c01b-9b1b-41b7-8a51-dd1c86b847a8",
  _links: { self: { href: `https://api.umbraco.io/content/type/${alias}` } },
});

const CONTENT_TYPES = [type("home", "Home"), type("product", "Product")];
const MEDIA_TYPES = [type("Folder", "Folder"), type("Image", "Image")];

const managementApi =
  ({ headers = {}, baseUrl }: ApiClientOptions) =>
  async ({ method, path }: ApiRequest): Promise<ApiAnswer> => {
    if (headers["api-key"] !== fields.apiKey || headers["umb-project-alias"] !== "acme")
      return denied;
    if (method !== "GET" || baseUrl !== "https://api.umbraco.io" || headers["api-version"] !== "2")
      return answer(400);
    if (path === "/content/type")
      return answer(200, { _embedded: { contenttypes: CONTENT_TYPES } });
    if (path === "/media/type") return answer(200, { _embedded: { mediatypes: MEDIA_TYPES } });
    return answer(404);
  };

interface Deploy {
  readonly settings?: Settings;
  readonly fields?: Record<string, string>;
  readonly record?: SubscriptionRecord;
}

const deploy = async (given: Deploy = {}) => {
  const logged: string[] = [];
  const host = {
    connect: managementApi,
    now: () => NOW,
    wait: async () => undefined,
    makeSecret: () => "",
    makePass: () => "",
    log: (message: string) => logged.push(message),
    deadline: new Date(NOW.getTime() + 20_000),
  };
  const wish = { provider: "heartcore", settings, fields, endpointUrl: ENDPOINT, owner: "i:f" };
  const record = await prepareManual(subscription, { ...wish, ...given }, given.record, host);
  return { record, logged };
};

describe("the set-up", () => {
  it("says what to type into the backoffice, and keeps the secret to itself", async () => {
    const { logged } = await deploy();
    expect(logged[0]).toContain("Settings > Headless > Webhooks");
    expect(logged).toEqual(
      expect.arrayContaining([
        `Url: ${ENDPOINT}`,
        "Events: content.publish, content.unpublish",
        "Content Type: product, Image",
        "Headers: X-Webhook-Secret with the Webhook Secret of the connection",
        "Enabled: on",
      ]),
    );
    expect(logged.join("\n")).not.toContain(SECRET);
    expect(logged.join("\n")).not.toContain(fields.apiKey);
  });

  it("names further headers without their values, and no content type as every one", async () => {
    const headers = { "X-Environment": "live-value" };
    const { logged } = await deploy({ settings: { ...settings, headers, contentTypes: [] } });
    expect(logged).toContain("Content Type: none, which means every type");
    expect(logged.join("\n")).toContain("X-Environment");
    expect(logged.join("\n")).not.toContain("live-value");
  });

  it.each<[string, Settings, RegExp]>([
    ["no events", { ...settings, events: [] }, /at least one event/],
    [
      "a misspelt event",
      { ...settings, events: ["content.published"] },
      /^Events: .*content\.publish,/,
    ],
    [
      "an unknown content type",
      { ...settings, contentTypes: ["producd"] },
      /^Content Types: .*"producd".*home, product, Folder, Image/,
    ],
    [
      "the secret among the headers",
      { ...settings, headers: { "x-webhook-secret": "s" } },
      /^Headers: /,
    ],
    [
      "a header whose name is none",
      { ...settings, headers: { "X-Source: website": "1" } },
      /^Headers: "X-Source: website" cannot be the name of a header/,
    ],
  ])("refuses %s by the name of the input", async (_name, wrong, message) => {
    const attempt = deploy({ settings: wrong });
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });

  it("takes an event of media, whose names are assumed", async () => {
    const { logged } = await deploy({ settings: { ...settings, events: ["media.save"] } });
    expect(logged).toContain("Events: media.save");
  });

  it("blames the connection for a wrong key, also where no content type is chosen", async () => {
    const attempt = deploy({
      settings: { ...settings, contentTypes: [] },
      fields: { ...fields, apiKey: "another" },
    });
    await expect(attempt).rejects.toMatchObject({ code: "CONNECTION_INVALID" });
    await expect(attempt).rejects.not.toThrow("another");
  });
});

const { listing } = subscription.choices!.heartcoreContentTypes!;

it("content types and media types can be picked", async () => {
  const send = managementApi({
    baseUrl: "https://api.umbraco.io",
    headers: { ...subscription.access.headers?.(fields, "") },
  });
  expect(await readListing(send, { listing, input: {}, what: "types", secrets: [] })).toEqual([
    { key: "home", label: "Home" },
    { key: "product", label: "Product" },
    { key: "Folder", label: "Folder" },
    { key: "Image", label: "Image" },
  ]);
});

it("pages of types are followed should there be any", async () => {
  const send = async ({ path, query = {} }: ApiRequest) => {
    if (path === "/media/type") return answer(200, { _embedded: { mediatypes: [] } });
    const page = Number(query.page ?? 1);
    const contenttypes = [CONTENT_TYPES[page - 1]];
    return answer(200, { _totalPages: 2, _page: page, _embedded: { contenttypes } });
  };
  const found = await readListing(send, { listing, input: {}, what: "types", secrets: [] });
  expect(found.map(({ key }) => key)).toEqual(["home", "product"]);
});

it.each([
  [true, ["20.86.53.156/31"]],
  [false, []],
])("sources are restricted: %s", (restrictSources, expected) => {
  expect(subscription.allowedSources?.({ ...settings, restrictSources })).toEqual(expected);
});

describe("the record behind a delivery", () => {
  const requestOf = (event: string, orderingKey: string | null, given = {}) =>
    subscription.fetchRecord
      ?.request({ type: event, orderingKey, data: {} }, { ...fields, ...given })
      ?.request(undefined);

  it("is read by its id, content and media apart", () => {
    expect(requestOf("content.delete", "e70dc673")).toMatchObject({ path: "/content/e70dc673" });
    expect(requestOf("media.save", "e70dc673")).toMatchObject({ path: "/media/e70dc673" });
  });

  it("is not there where the delivery has no id", () => {
    expect(requestOf("content.delete", null)).toBeUndefined();
  });

  it("is read from the delivery API, with the key only where there is one", () => {
    const { access } = subscription.fetchRecord!;
    expect(access?.baseUrl(fields)).toBe("https://cdn.umbraco.io");
    expect(access?.baseUrl({ deliveryUrl: "http://localhost:1/" })).toBe("http://localhost:1");
    expect(access?.headers?.(fields, "")).toEqual({
      "umb-project-alias": "acme",
      "api-version": "2.3",
      "api-key": fields.apiKey,
    });
    expect(access?.headers?.({ ...fields, apiKey: "" }, "")).not.toHaveProperty("api-key");
  });
});
