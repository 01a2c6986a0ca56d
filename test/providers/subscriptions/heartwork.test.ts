import { heartwork } from "../../../src/providers/heartwork";
import { heartwork as standIn } from "../../../src/stand-ins/heartwork";
import type { SubscriptionRecord } from "../../../src/subscriptions/record";
import { describeConvergence } from "../../contracts/convergence";
import {
  createHeartworkApi,
  type Dialect,
  masked,
  snakeCase,
  wrapped,
} from "../../fixtures/apis/heartwork-api";
import { STAND_IN_URL } from "../../support/stand-in-api";
import { createWorld, ENDPOINT } from "../../support/subscription-world";

const settings = {
  topics: ["CreateSalesOrder", "UpdateSalesOrder"],
  skipSystem: false,
  headers: { "X-Tenant": "north" },
  enabled: true,
};

const fields = standIn.connection(STAND_IN_URL);

const dialects: readonly (readonly [string, Dialect | undefined])[] = [
  ["Heart.work", undefined],
  ["Heart.work in snake case", snakeCase],
  ["Heart.work with answers wrapped and headers hidden", wrapped],
  ["Heart.work with secrets masked", masked],
];

for (const [name, dialect] of dialects)
  describeConvergence(name, {
    provider: heartwork,
    fields,
    createApi: () => createHeartworkApi(dialect),
    settings,
    otherSettings: { ...settings, topics: ["DeleteSalesOrder"] },
    events: ["CreateSalesOrder", "UpdateSalesOrder"],
    otherEvents: ["DeleteSalesOrder"],
  });

const startWorld = (dialect?: Dialect) => {
  const world = createWorld({
    ...{ provider: heartwork, fields },
    createApi: () => createHeartworkApi(dialect),
  });
  const sent = () =>
    world.calls
      .filter(({ method }) => method === "POST" || method === "PUT")
      .map(({ body }) => (body as { readonly json: Readonly<Record<string, unknown>> }).json);
  return { ...world, sent };
};

const tenant = (name: string) => ({ ...settings, headers: { "X-Tenant": name } });

describe("A webhook of Heart.work", () => {
  it.each(dialects)("follows changed headers: %s", async (_name, dialect) => {
    const world = startWorld(dialect);
    await world.deploy(tenant("north"));
    const before = world.sent().length;
    await world.deploy(tenant("south"));
    const changed = world.sent().slice(before);
    expect(changed).toHaveLength(2);
    for (const { headers } of changed)
      expect(headers).toContainEqual({ key: "x-tenant", value: "south" });
  });

  it("never takes a mask for its secret", async () => {
    const world = startWorld(masked);
    await world.deploy(settings, { crashBeforeSave: true });
    const { secret } = await world.deploy(settings);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(world.live().map((live) => live.secret)).toEqual([secret, secret]);
  });

  it("gets its secret back where a person took it away", async () => {
    const world = startWorld();
    const record = (await world.deploy(settings)) as SubscriptionRecord;
    const [first] = record.subscriptions;
    world.api.handle(
      {
        method: "PUT",
        baseUrl: STAND_IN_URL,
        path: `/core-api/webhooks/${first!.id}`,
        query: {},
        headers: { apikey: fields.apiKey!, workspace: fields.workspace! },
        body: {
          json: { topic: first!.key, deliveryEndpoint: first!.endpointUrl, headers: [] },
        },
      },
      world.now(),
    );
    await world.deploy(settings);
    expect(world.live().map((live) => live.secret)).toEqual([record.secret, record.secret]);
  });

  it("tells no header of the builder's in an error", async () => {
    const world = startWorld();
    world.fail(({ method }) => (method === "POST" ? { kind: "echo", status: 400 } : undefined));
    const headers = { Authorization: "Bearer 9d8c7b6a5f4e3d2c" };
    const error = await world.deploy({ ...settings, headers }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "SUBSCRIPTION_FAILED" });
    expect(error.message).not.toContain("9d8c7b6a5f4e3d2c");
  });

  it.each([
    ["X-Webhook-Secret", "mine"],
    ["x-webhook-TOPIC", "mine"],
    ["Bad Name", "value"],
    ["X-Tenant", "north\r\nX-Injected: yes"],
  ])("refuses the header %s", async (name, value) => {
    const world = startWorld();
    await expect(world.deploy({ ...settings, headers: { [name]: value } })).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(/^Headers: /),
    });
    expect(world.calls).toEqual([]);
  });

  it("is looked for on every page", async () => {
    const world = startWorld();
    for (let count = 0; count < 250; count++)
      world.api.addStranger(`https://other.example.net/${count}`);
    await world.deploy(settings);
    const before = world.live().length;
    await world.deploy(settings);
    expect(world.live()).toHaveLength(before);
    expect(world.live().filter(({ endpointUrl }) => endpointUrl.startsWith(ENDPOINT))).toHaveLength(
      2,
    );
  });
});
