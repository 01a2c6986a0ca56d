import component from "../../src";
import { failureOf, type HeartworkWorld, openWorld } from "./heartwork-world";

const READ_TOPIC = "GetLedgerBalanceForPeriod";
const orders = { topics: ["CreateSalesOrder"] };

let world: HeartworkWorld;
const open = async (workspace?: string): Promise<HeartworkWorld> => {
  world = await openWorld(workspace);
  return world;
};
afterEach(() => world.close());

it.each([
  ["JSON", "CreateSalesOrder", { id: "5f1f9a55", orderNumber: 10481 }],
  ["XML", "UpdateSalesOrder", { SalesOrder: { Id: "5f1f9a55", Status: "Completed" } }],
])("000-1 accepts an HTTP POST with event data in %s", async (_format, topic, data) => {
  const { openInstance, standIn } = await open();
  const instance = openInstance("instance-1", { topics: [topic] });
  await instance.deploy();
  expect(await standIn.fire(topic)).toMatchObject([{ outcome: "delivered" }]);
  expect(instance.outcomes).toMatchObject([
    { branch: "Notification", payload: { body: { data }, delivery: { verified: true } } },
  ]);
});

it("000-2 shows that a topic and an atomic are the same thing", async () => {
  const { openInstance, standIn } = await open();
  const instance = openInstance("instance-1", orders);
  const { inputs } = component.triggers.heartworkWebhook as unknown as {
    readonly inputs: readonly { readonly label: string; readonly comments?: string }[];
  };
  const topics = inputs.find(({ label }) => label === "Topics");
  expect(topics?.comments).toMatch(/topics \(atomics, in Heart\.work's own word\)/);
  expect(await failureOf(instance.deploy({ topics: ["CreateNothing"] }))).toMatch(
    /topics \(atomics\)/,
  );
  await instance.deploy();
  await standIn.fire("CreateSalesOrder");
  expect(instance.outcomes[0]?.payload.delivery.type).toBe("CreateSalesOrder");
});

it("000-3 refuses a read topic, and subscribes to those that write", async () => {
  const { openInstance, standIn } = await open();
  const instance = openInstance("instance-1", orders);
  const failure = await failureOf(instance.deploy({ topics: ["CreateSalesOrder", READ_TOPIC] }));
  expect(failure).toMatch(/^Topics: "GetLedgerBalanceForPeriod" is a read operation \(GET\)/);
  expect(standIn.subscriptions()).toEqual([]);
  const topics = ["CreateSalesOrder", "UpdateSalesOrder", "DeleteSalesOrder"];
  await instance.deploy({ topics });
  expect(standIn.subscriptions().flatMap(({ events }) => events)).toEqual(topics);
});

it("000-4 registers each topic with a URL that is the flow's own", async () => {
  const { openInstance, standIn } = await open();
  const first = openInstance("instance-1", { topics: ["CreateSalesOrder", "DeleteSalesOrder"] });
  const second = openInstance("instance-2", orders);
  await first.deploy();
  await second.deploy();
  const registered = standIn.subscriptions().map(({ endpointUrl, events }) => ({
    url: endpointUrl.split("?")[0],
    events,
  }));
  expect(registered).toEqual([
    { url: first.url, events: ["CreateSalesOrder"] },
    { url: first.url, events: ["DeleteSalesOrder"] },
    { url: second.url, events: ["CreateSalesOrder"] },
  ]);
  expect(new Set(standIn.subscriptions().map(({ endpointUrl }) => endpointUrl)).size).toBe(2);
});

it("000-5 leads an event to the flows that are subscribed to its topic, and to no other", async () => {
  const { openInstance, standIn } = await open();
  const creations = openInstance("instance-1", orders);
  const deletions = openInstance("instance-2", { topics: ["DeleteSalesOrder"] });
  await creations.deploy();
  await deletions.deploy();
  await standIn.fire("DeleteSalesOrder", { id: "77" });
  expect(creations.outcomes).toEqual([]);
  expect(deletions.outcomes).toMatchObject([
    { payload: { delivery: { type: "DeleteSalesOrder" }, body: { data: { id: "77" } } } },
  ]);
});

it("000-6 answers a plain success once it has taken the event, and none to what it refuses", async () => {
  const { openInstance, standIn } = await open();
  const instance = openInstance("instance-1", orders);
  await instance.deploy();
  expect(await standIn.fire("CreateSalesOrder")).toMatchObject([{ attempts: [{ status: 200 }] }]);
  standIn.addByHand({ endpointUrl: instance.url, events: ["DeleteSalesOrder"] });
  const [forged] = await standIn.fire("DeleteSalesOrder");
  expect(forged).toMatchObject({ outcome: "failed", attempts: [{ status: 500 }] });
});

it.each([
  ["acme", ["CreateSalesOrder", "UpdateSalesOrder", "DeleteSalesOrder"]],
  ["limited", ["CreateSalesOrder"]],
  ["empty", []],
])(
  "000-7 lists the topics of the workspace %s from core-api/webhooks/topics",
  async (workspace, topics) => {
    const { choices, calls } = await open(workspace);
    expect((await choices()).map(({ key }) => key)).toEqual(topics);
    expect(calls()).toEqual(["GET /core-api/webhooks/topics: 200"]);
  },
);

it.each([
  ["acme", "CreateProduct"],
  ["limited", "DeleteSalesOrder"],
  ["empty", "CreateSalesOrder"],
])(
  "000-8 sends whoever wants a topic that the workspace %s does not list to the account manager",
  async (workspace, topic) => {
    const { openInstance, standIn } = await open(workspace);
    const failure = await failureOf(openInstance("instance-1", { topics: [topic] }).deploy());
    expect(failure).toMatch(/^Topics: .*account manager/);
    expect(standIn.subscriptions()).toEqual([]);
  },
);

it("000-8 tells a topic that is only spelled wrongly how it is spelled", async () => {
  const { openInstance } = await open();
  const instance = openInstance("instance-1", { topics: ["createSalesorder"] });
  expect(await failureOf(instance.deploy())).toBe(
    'Topics: there is no "createSalesorder"; the topic (atomic) of this workspace is written "CreateSalesOrder".',
  );
});

it.each([
  ["is relative", "/trigger/1"],
  ["lacks its scheme", "hooks.example.com/trigger/1"],
  ["has a bare host", "https://intranet/trigger/1"],
  ["is not https", "http://hooks.example.com/trigger/1"],
])("000-9 refuses an endpoint that %s", async (_problem, url) => {
  const { openInstance, calls } = await open();
  const instance = openInstance("instance-1", orders);
  instance.move(url);
  expect(await failureOf(instance.deploy())).toMatch(/^Endpoint URL: /);
  expect(calls()).toEqual([]);
});

it("000-10 replaces Heart.work's own processing only where that is chosen", async () => {
  const { openInstance, webhooks } = await open();
  const instance = openInstance("instance-1", orders);
  await instance.deploy();
  expect(await webhooks()).toMatchObject([{ skipSystem: false }]);
  await instance.deploy({ skipSystem: "true" });
  expect(await webhooks()).toMatchObject([{ skipSystem: true }]);
  await instance.deploy();
  expect(await webhooks()).toMatchObject([{ skipSystem: false }]);
});

it("000-11 has headers sent along, and takes only deliveries that carry its own secret", async () => {
  const { openInstance, standIn } = await open();
  const instance = openInstance("instance-1", {
    ...orders,
    headers: [{ key: "X-Tenant", value: "north" }],
  });
  await instance.deploy();
  await standIn.fire("CreateSalesOrder");
  const [outcome] = instance.outcomes;
  expect(outcome?.payload.headers).toMatchObject({ "x-tenant": "north" });
  expect(outcome?.payload.delivery.verified).toBe(true);
  for (const headers of [{}, { "X-Webhook-Secret": "" }, { "X-Webhook-Secret": "0".repeat(64) }])
    expect(
      await failureOf(
        instance.receive({ headers: { ...headers, "X-Webhook-Topic": "CreateSalesOrder" } }),
      ),
    ).toMatch(/^Webhook rejected: signature-m/);
});

it("000-12 switches a webhook off and on again, and it stays the same webhook", async () => {
  const { openInstance, standIn } = await open();
  const instance = openInstance("instance-1", orders);
  await instance.deploy();
  const [{ id } = { id: "" }] = standIn.subscriptions();
  await instance.deploy({ enabled: "false" });
  expect(standIn.subscriptions()).toMatchObject([{ id, enabled: false }]);
  expect(await standIn.fire("CreateSalesOrder")).toEqual([]);
  await instance.deploy();
  expect(standIn.subscriptions()).toMatchObject([{ id, enabled: true }]);
  expect(await standIn.fire("CreateSalesOrder")).toMatchObject([{ outcome: "delivered" }]);
});

it("000-13 calls the Core API alone, and refuses the address of the Commerce API", async () => {
  const { openInstance, standIn, calls } = await open();
  const instance = openInstance("instance-1", orders);
  await instance.deploy();
  await instance.deploy({ enabled: "false" });
  await instance.delete();
  const methods = calls().map((line) => line.split(" ")[0]);
  expect(new Set(methods)).toEqual(new Set(["GET", "POST", "PUT", "DELETE"]));
  for (const line of calls()) expect(line).toMatch(/^[A-Z]+ \/core-api\/webhooks/);

  const fields = { ...standIn.connection, baseUrl: `${standIn.url}/commerce-api` };
  const connection = { key: "heartwork", configVarKey: "Heart.work", fields };
  expect(await failureOf(instance.deploy({ connection }))).toMatch(
    /only the Core API has webhooks/,
  );
  const core = { ...connection, fields: { ...fields, baseUrl: `${standIn.url}/core-api/` } };
  await instance.deploy({ connection: core });
  expect(standIn.subscriptions()).toHaveLength(1);
});

it("000-14 shares a topic with others, and removes only its own", async () => {
  const { openInstance, standIn } = await open();
  const stranger = standIn.addByHand({
    endpointUrl: "http://127.0.0.1:9/hook",
    events: ["CreateSalesOrder"],
  });
  const first = openInstance("instance-1", orders);
  const second = openInstance("instance-2", { ...orders, skipSystem: "true" });
  await first.deploy();
  await second.deploy();
  expect(standIn.subscriptions()).toHaveLength(3);
  expect(await standIn.fire("CreateSalesOrder")).toHaveLength(3);
  expect([first.outcomes.length, second.outcomes.length]).toEqual([1, 1]);
  await first.delete();
  await second.deploy({ topics: ["DeleteSalesOrder"] });
  const left = standIn.subscriptions().map(({ id, events }) => [id === stranger, events]);
  expect(left).toEqual([
    [true, ["CreateSalesOrder"]],
    [false, ["DeleteSalesOrder"]],
  ]);
});

it("000-15 points to Data Studio > Webhooks for what is registered", async () => {
  const { openInstance } = await open();
  const instance = openInstance("instance-1", { topics: ["CreateNothing"] });
  expect(await failureOf(instance.deploy())).toContain(
    "Heart.work One shows the registered ones under Data Studio > Webhooks.",
  );
});

it.each([
  ["a wrong key", { apiKey: "hw_wrong_0123456789" }],
  ["a workspace that the key is not tied to", { workspace: "elsewhere" }],
])("blames the connection for %s, and repeats no credentials", async (_what, wrong) => {
  const { openInstance, standIn } = await open();
  const fields: Record<string, string> = { ...standIn.connection, ...wrong };
  const connection = { key: "heartwork", configVarKey: "Heart.work", fields };
  const instance = openInstance("instance-1", { ...orders, connection });
  const error = await instance.deploy().catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ connection: { configVarKey: "Heart.work" } });
  expect((error as Error).message).toMatch(/API Key, Workspace: /);
  expect((error as Error).message).not.toContain(fields.apiKey);
});
