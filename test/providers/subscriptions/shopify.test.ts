import { shopify } from "../../../src/providers/shopify";
import { describeConvergence } from "../../contracts/convergence";
import { createShopifyApi } from "../../fixtures/apis/shopify-api";
import { answer, createWorld, type ReceivedCall } from "../../support/subscription-world";

const documentOf = ({ body }: ReceivedCall): string =>
  (body as { json: { query: string } }).json.query;

const settings = { topics: ["orders/create", "orders/paid"] };

const options = {
  provider: shopify,
  fields: {
    baseUrl: "https://acme.myshopify.com/",
    token: "shpat_0123456789abcdef",
    signingSecret: "shpss_0123456789abcdef",
  },
  createApi: createShopifyApi,
  settings,
  otherSettings: { topics: ["orders/create", "PRODUCTS_UPDATE"] },
  events: ["ORDERS_CREATE", "ORDERS_PAID"],
  otherEvents: ["ORDERS_CREATE", "PRODUCTS_UPDATE"],
  isRemoval: (call: ReceivedCall) => documentOf(call).includes("webhookSubscriptionDelete"),
};

describeConvergence("Shopify", options);
describeConvergence("Shopify, in pages of two", {
  ...options,
  createApi: () => createShopifyApi({ largestPage: 2 }),
});

describe("Shopify", () => {
  const failureOf = (world: ReturnType<typeof createWorld>, topics: readonly string[]) =>
    world.deploy({ topics }).catch((thrown) => thrown);

  it("takes a topic as deliveries name it and as the API names it for the same", async () => {
    const world = createWorld(options);
    await world.deploy({ topics: ["orders/create", "ORDERS_CREATE"] });
    expect(world.live()).toMatchObject([{ events: ["ORDERS_CREATE"] }]);
  });

  it("tells a refusal in a 200 as what it is, names the input and takes back what it made", async () => {
    const world = createWorld(options);
    expect(await failureOf(world, ["orders/create", "orders/paied"])).toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      message: expect.stringMatching(/answered 422\. Topics: .*It says: Variable \$topic/),
    });
    expect(world.live()).toEqual([]);
  });

  it("blames the connection where the app lacks the access scope of a topic", async () => {
    const createApi = () => createShopifyApi({ denied: ["ORDERS_PAID"] });
    const error = await failureOf(createWorld({ ...options, createApi }), ["orders/paid"]);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).toContain("Access denied for webhookSubscriptionCreate field.");
  });

  it("changes the address of a subscription without a gap", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const ids = world.live().map(({ id }) => id);
    await world.deploy(settings, { endpointUrl: "https://hooks.example.com/trigger/other" });
    expect(world.live().map(({ id }) => id)).toEqual(ids);
  });

  it("asks again when Shopify throttles, a query as well as a mutation", async () => {
    const api = createShopifyApi();
    const throttled = new Set<string>();
    const handle = (call: ReceivedCall, now: Date) => {
      const document = documentOf(call);
      if (throttled.has(document)) return api.handle(call, now);
      throttled.add(document);
      return answer(200, {
        errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
      });
    };
    const world = createWorld({ ...options, createApi: () => ({ ...api, handle }) });
    await world.deploy({ topics: ["orders/paid"] });
    expect(world.live()).toMatchObject([{ events: ["ORDERS_PAID"] }]);
    expect(throttled.size).toBe(2);
  });

  it("makes anew what is gone when it is to be changed", async () => {
    const world = createWorld(options);
    await world.deploy({ topics: ["orders/paid"] });
    const [gone] = world.live();
    world.fail((call) => {
      if (documentOf(call).includes("webhookSubscriptionUpdate"))
        world.api.removeByHand(gone?.id ?? "");
      return undefined;
    });
    const endpointUrl = "https://hooks.example.com/trigger/other";
    await world.deploy({ topics: ["orders/paid"] }, { endpointUrl });
    expect(world.live()).toHaveLength(1);
    expect(world.live()[0]?.id).not.toBe(gone?.id);
  });

  it("looks again where the address is taken, and finds that it is its own", async () => {
    const world = createWorld(options);
    await world.deploy({ topics: ["orders/paid"] }, { crashBeforeSave: true });
    const [made] = world.live();
    const list = jest.spyOn(world.api, "handle");
    const { handle } = createShopifyApi();
    list.mockImplementationOnce(handle);
    await world.deploy({ topics: ["orders/paid"] });
    expect(world.live()).toEqual([made]);
    expect(world.calls.slice(-2).map((call) => documentOf(call).slice(0, 5))).toEqual([
      "mutat",
      "query",
    ]);
  });

  it.each(["baseUrl", "token", "signingSecret"])("needs the connection's %s", async (name) => {
    const fields = { ...options.fields, [name]: "" };
    await expect(createWorld({ ...options, fields }).deploy(settings)).rejects.toMatchObject({
      code: "CONNECTION_INVALID",
      message: expect.stringMatching(/^Connection Provider API: fill in /),
    });
  });

  it("says that there is no shop at the address", async () => {
    const fields = { ...options.fields, baseUrl: "https://nobody.myshopify.com" };
    await expect(createWorld({ ...options, fields }).deploy(settings)).rejects.toMatchObject({
      message: expect.stringContaining("there is no shop at the Base URL"),
    });
  });

  it("says so as well where something else answers there", async () => {
    const createApi = () => ({ ...createShopifyApi(), handle: () => answer(200, "<html>Hello") });
    const error = await failureOf(createWorld({ ...options, createApi }), settings.topics);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).toContain("there is no shop at the Base URL");
  });

  it("leaves subscriptions that go elsewhere than to a URL alone", async () => {
    const world = createWorld(options);
    const id = world.api.addStranger("arn:aws:events:us-east-1::event-source/aws.partner/x");
    await world.deploy(settings);
    await world.remove(settings);
    expect(world.live().map((live) => live.id)).toEqual([id]);
  });
});
