import { stripe } from "../../../src/providers/stripe";
import { readSecrets, type SubscriptionRecord } from "../../../src/subscriptions/record";
import { describeConvergence } from "../../contracts/convergence";
import { createStripeApi } from "../../fixtures/apis/stripe-api";
import { createWorld, ENDPOINT } from "../../support/subscription-world";

const settings = {
  events: ["invoice.paid", "customer.created"],
  connect: false,
  apiVersion: "",
  enabled: true,
};

const options = {
  provider: stripe,
  fields: { token: "sk_test_0123456789abcdef" },
  createApi: createStripeApi,
  settings,
  otherSettings: { ...settings, events: ["*"] },
  events: ["invoice.paid", "customer.created"],
  otherEvents: ["*"],
};

describeConvergence("Stripe", options);
describeConvergence("Stripe, in pages of two", {
  ...options,
  createApi: () => createStripeApi({ largestPage: 2 }),
  otherSettings: { ...settings, connect: true, apiVersion: "2025-03-31.basil" },
  otherEvents: ["invoice.paid", "customer.created"],
});

describe("Stripe", () => {
  const formOf = (body: unknown) =>
    (body as { form: readonly (readonly [string, string])[] }).form.map(([name]) => name);

  it("keeps the endpoint and its secret when only the events change", async () => {
    const world = createWorld(options);
    const before = await world.deploy(settings);
    const after = await world.deploy({ ...settings, events: ["charge.failed"] });
    expect(after.subscriptions).toHaveLength(1);
    expect(after.subscriptions[0]).toMatchObject({
      id: before.subscriptions[0]?.id,
      secret: before.subscriptions[0]?.secret,
      events: ["charge.failed"],
    });
  });

  it("finds its own behind other people's pages", async () => {
    const world = createWorld({ ...options, createApi: () => createStripeApi({ largestPage: 2 }) });
    await world.deploy(settings);
    for (let count = 0; count < 5; count++) world.api.addStranger(`${ENDPOINT}${count}`);
    const from = world.calls.length;
    await world.deploy(settings);
    expect(world.calls.slice(from).map(({ method }) => method)).toEqual(["GET", "GET", "GET"]);
  });

  it("replaces an endpoint whose secret nobody noted, the new one first, and keeps no secret of it", async () => {
    const world = createWorld(options);
    await world.deploy(settings, { crashBeforeSave: true });
    const [lost] = world.live();
    const from = world.calls.length;
    await world.deploy(settings);
    const changes = world.calls.slice(from).filter(({ method }) => method !== "GET");
    expect(changes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
    expect(readSecrets(world.record() as SubscriptionRecord)).toEqual([world.live()[0]?.secret]);
    expect(world.live()[0]?.id).not.toBe(lost?.id);
  });

  it("makes a new endpoint for connected accounts, since one cannot be changed into it", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const before = world.live();
    await world.deploy({ ...settings, connect: true, apiVersion: "2025-03-31.basil" });
    expect(world.live().map(({ id }) => id)).not.toEqual(before.map(({ id }) => id));
    const create = world.calls.filter(({ body }) => body && formOf(body).includes("connect"));
    expect(create.map(({ body }) => formOf(body))).toEqual([
      [
        "url",
        "enabled_events[]",
        "enabled_events[]",
        "metadata[hookline]",
        "connect",
        "api_version",
      ],
    ]);
  });

  it("lets deliveries on their way from a replaced endpoint verify for a while", async () => {
    const world = createWorld(options);
    const before = await world.deploy(settings);
    await world.deploy({ ...settings, connect: true });
    const secrets = readSecrets(world.record() as SubscriptionRecord);
    expect(secrets).toEqual([world.live()[0]?.secret, before.subscriptions[0]?.secret]);
  });

  it("removes the endpoint while it is switched off and makes one again when it is switched on", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    await world.deploy({ ...settings, enabled: false });
    expect(world.live()).toEqual([]);
    await world.deploy(settings);
    expect(world.live()).toMatchObject([{ enabled: true }]);
  });

  it("switches on again what Stripe switched off after too many failures", async () => {
    const api = createStripeApi();
    const world = createWorld({ ...options, createApi: () => ({ ...api, handle }) });
    const disabled = new Set<string>();
    function handle(...given: Parameters<typeof api.handle>) {
      const answered = api.handle(...given);
      if (given[0].method === "POST") disabled.clear();
      if (given[0].method !== "GET") return answered;
      const { data, ...page } = answered.data as { data: { id: string }[] };
      const shown = data.map((item) =>
        disabled.has(item.id) ? { ...item, status: "disabled" } : item,
      );
      return { ...answered, data: { ...page, data: shown } };
    }
    await world.deploy(settings);
    disabled.add(world.live()[0]?.id ?? "");
    await world.deploy(settings);
    const last = world.calls.at(-1);
    expect(last).toMatchObject({ method: "POST" });
    expect(formOf(last?.body)).toContain("disabled");
    expect(disabled.size).toBe(0);
  });

  it("says that there are as many endpoints as Stripe allows", async () => {
    const world = createWorld(options);
    for (let count = 0; count < 16; count++) world.api.addStranger(`${ENDPOINT}${count}`);
    await expect(world.deploy(settings)).rejects.toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      message: expect.stringMatching(/16 endpoints already.*reached the maximum of 16/),
    });
  });

  it("names the input with a wrong event", async () => {
    const world = createWorld(options);
    await expect(world.deploy({ ...settings, events: ["Invoice Paid"] })).rejects.toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      message: expect.stringMatching(/^Could not create .* answered 400\. Events, API Version: /),
    });
  });

  it("asks for at least one event", async () => {
    await expect(createWorld(options).deploy({ ...settings, events: [] })).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
  });
});
