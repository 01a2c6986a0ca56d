import { readFileSync } from "node:fs";
import path from "node:path";
import { readPath } from "../../src/http/json-path";
import { createHeartcoreWorld, EVENTS, type HeartcoreWorld } from "./heartcore-world";

const PRODUCTS = "ec4aafcc-0c25-4f25-a8fe-705bfae1d324";

let world: HeartcoreWorld;

beforeEach(async () => {
  world = await createHeartcoreWorld();
});

afterEach(() => world.close());

const restart = async (options: Parameters<typeof createHeartcoreWorld>[0]) => {
  await world.close();
  world = await createHeartcoreWorld(options);
};

const said = () => world.instance.logged.join("\n");

const publish = (name: string, minute: number) => ({
  _id: PRODUCTS,
  _createDate: "2026-01-01T00:00:00Z",
  _updateDate: `2026-01-01T00:0${minute}:00Z`,
  contentTypeAlias: "products",
  name,
});

/** A delivery that comes some other way than from the stand-in. */
const receive = (headers: Record<string, string> = {}, body = JSON.stringify({ _id: PRODUCTS })) =>
  world.instance.receive({
    headers: {
      "content-type": "application/json",
      "umb-headless-event": "content.unpublish",
      "x-webhook-secret": world.standIn.connection.webhookSecret ?? "",
      ...headers,
    },
    body,
  });

const fetchRecord = (delivery: unknown) =>
  world.instance.act("fetchRecord", { connection: world.connection, delivery });

it("001-1 a POST to the endpoint carries what happened in its body", async () => {
  world.typeIn();
  await world.standIn.fire("content.publish");
  expect(world.endpoint.arrivals).toMatchObject([{ method: "POST" }]);
  expect(world.outcomes).toMatchObject([{ branch: "Notification" }]);
  expect(world.outcomes[0]?.payload.body.data).toMatchObject({ _id: PRODUCTS, name: "Products" });
  expect(world.deliveries()).toMatchObject([
    { provider: "heartcore", verified: true, type: "content.publish", orderingKey: PRODUCTS },
  ]);
});

it("001-2 a burst of saves of one content can be coalesced into one rebuild", async () => {
  world.typeIn();
  const [a, b] = [publish("A", 1), publish("B", 2)];
  await Promise.all([a, a, a, b, b].map((saved) => world.standIn.fire("content.publish", saved)));
  const keys = world.deliveries().map(({ orderingKey }) => orderingKey);
  const ids = world.deliveries().map(({ id }) => id);
  expect(keys).toEqual(Array.from({ length: 5 }, () => PRODUCTS));
  expect(new Set(ids).size).toBe(2);
});

it("001-3 a deploy says what to type into the backoffice", async () => {
  await world.instance.deploy();
  expect(said()).toContain("Settings > Headless > Webhooks");
  expect(said()).toContain(`Url: ${world.endpoint.url}`);
  expect(said()).toContain("X-Webhook-Secret");
  expect(said()).not.toContain(world.standIn.connection.webhookSecret);
  expect(world.standIn.subscriptions()).toEqual([]);
});

it("001-3 the first verified delivery completes the set-up", async () => {
  await world.instance.deploy();
  world.typeIn({ headers: { "X-Webhook-Secret": "a wrong one" } });
  await world.standIn.fire("content.publish");
  expect(JSON.stringify(world.instance.state())).not.toContain("confirmedAt");
  world.typeIn();
  await world.standIn.fire("content.publish");
  expect(JSON.stringify(world.instance.state())).toContain("confirmedAt");
  world.instance.logged.length = 0;
  await world.instance.deploy();
  expect(said()).toContain("There is nothing to type in");
});

it.each(["", "https://localhost/trigger/a", "http://hooks.example.com/trigger/a"])(
  "001-4 a URL that Heartcore can reach is required, and %j is none",
  async (endpoint) => {
    world.instance.move(endpoint);
    const { connection, params } = world;
    const real = { ...connection, fields: { ...connection.fields, baseUrl: "" } };
    const attempt = world.instance.deploy({ ...params, connection: real });
    await expect(attempt).rejects.toThrow(/URL/);
  },
);

it("001-5 at least one event is required, and several can be chosen", async () => {
  const { instance, params } = world;
  await expect(instance.deploy({ ...params, events: [] })).rejects.toThrow("at least one event");
  await expect(instance.deploy({ ...params, events: ["content.saved"] })).rejects.toThrow(
    /^Events: /,
  );
  await instance.deploy();
  expect(said()).toContain(`Events: ${EVENTS.join(", ")}`);
});

it("001-6 a change over the Management API arrives too, and tells who wrote it, so that a loop can be broken", async () => {
  world.typeIn();
  await world.call("PUT", `/content/${PRODUCTS}/publish`);
  await world.standIn.fire("content.publish", publish("by hand", 1));
  expect(world.deliveries()).toMatchObject([
    { type: "content.publish", events: [{ data: { _writerName: "API User" } }] },
    { type: "content.publish", events: [{ data: { name: "by hand" } }] },
  ]);
});

it("001-7 content types and media types narrow it down, none means every one, an unknown one is refused", async () => {
  const { instance, params } = world;
  await instance.deploy({ ...params, contentTypes: ["products", "Image"] });
  expect(said()).toContain("Content Type: products, Image");
  await instance.deploy();
  expect(said()).toContain("Content Type: none, which means every type");
  await expect(instance.deploy({ ...params, contentTypes: ["shoes"] })).rejects.toThrow(
    /^Content Types: .*"shoes"/,
  );
  world.typeIn({ contentTypes: ["Image"], events: ["content.publish", "media.save"] });
  await world.standIn.fire("content.publish");
  await world.standIn.fire("media.save");
  expect(world.deliveries()).toMatchObject([{ type: "media.save" }]);
});

it("001-8 what was set up can be changed later", async () => {
  const { instance, params } = world;
  await instance.deploy();
  world.typeIn();
  await world.standIn.fire("content.publish");
  instance.logged.length = 0;
  await instance.deploy({ ...params, events: ["content.delete"] });
  expect(said()).toContain("Events: content.delete");
  expect(JSON.stringify(instance.state())).not.toContain("confirmedAt");
});

it("001-9 nothing arrives while it is disabled, and what was underway then is taken", async () => {
  world.typeIn({ enabled: false });
  await world.standIn.fire("content.publish");
  expect(world.outcomes).toEqual([]);
  expect(await receive()).toMatchObject({ branch: "Notification" });
});

it("001-10 a custom header authorises: without it, or with another value, nothing gets in", async () => {
  const attempts: [Record<string, string>, string][] = [
    [{ "x-webhook-secret": "" }, "signature-missing"],
    [{ "x-webhook-secret": "another-secret-0123" }, "signature-mismatch"],
  ];
  for (const [headers, reason] of attempts)
    await expect(receive(headers)).rejects.toThrow(`Webhook rejected: ${reason}`);
  await restart({ fields: { previousWebhookSecret: "the-one-before-0123" } });
  const before = await receive({ "x-webhook-secret": "the-one-before-0123" });
  expect(before.payload.delivery).toMatchObject({ verified: true, secretIndex: 1 });
});

it("001-11 all ten attempts of a delivery have one id", async () => {
  world.typeIn();
  const ids = new Set<unknown>();
  for (const event of ["content.publish", "content.unpublish"]) {
    world.fail(() => 503);
    const [report] = await world.standIn.fire(event);
    expect(report?.attempts).toHaveLength(10);
    world.fail(() => undefined);
    const attempts = world.endpoint.arrivals.slice(-10);
    for (const { headers, body } of attempts) {
      const { payload } = await world.instance.receive({ headers, body });
      ids.add(payload.delivery.id);
    }
  }
  expect(ids.size).toBe(2);
});

it("001-12 every reply is HTTP that the sender understands", async () => {
  world.typeIn();
  world.typeIn({ headers: { "X-Webhook-Secret": "a wrong one" } });
  const reports = await world.standIn.fire("content.publish");
  const attempts = reports.flatMap((report) => report.attempts);
  expect(attempts).toHaveLength(11);
  for (const { status, failure } of attempts) {
    expect(failure).toBeUndefined();
    expect(status).toEqual(expect.any(Number));
  }
});

it.each<[string, string, string, object]>([
  [
    "an id of nothing but zeros",
    "content.delete",
    '{"_id":"00000000-0000-0000-0000-000000000000"}',
    { type: "content.delete", orderingKey: null },
  ],
  [
    "an event that nobody knows",
    "content.moved",
    '{"_id":"A-B"}',
    { type: "content.moved", orderingKey: "a-b" },
  ],
  [
    "a body that is no JSON",
    "content.publish",
    "{",
    { type: "content.publish", orderingKey: null },
  ],
])(
  "001-13 %s is acknowledged with 2xx, because a retry cannot cure it",
  async (_name, event, payload, expected) => {
    const sent = await fetch(world.endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "umb-headless-event": event,
        "x-webhook-secret": world.standIn.connection.webhookSecret ?? "",
      },
      body: payload,
      redirect: "manual",
    });
    expect(sent.status).toBe(200);
    expect(world.deliveries()).toMatchObject([{ verified: true, ...expected }]);
  },
);

it("001-13 an id of nothing but zeros is reported where its record is asked for", async () => {
  await restart({ defects: { zeroIds: true } });
  world.typeIn();
  await world.standIn.fire("content.delete");
  const [delivery] = world.deliveries();
  expect(await fetchRecord(delivery)).toEqual({ record: null, gone: false });
  expect(said()).toContain("content.delete names no record");
});

it("001-14 the answer waits for nothing: no call is made for it, not even where the API is down", async () => {
  await world.standIn.close();
  expect(await receive()).toMatchObject({ branch: "Notification" });
});

it("001-15 a delivery that is repeated after its success has the same id", async () => {
  world.standIn.setFaults({ duplicates: true });
  world.typeIn();
  await world.standIn.fire("content.publish");
  const ids = world.deliveries().map(({ id }) => id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

it("001-16 a repeat leaves behind what the first one did", async () => {
  await world.instance.deploy();
  const first = await receive();
  const state = world.instance.state();
  const again = await receive();
  expect(first).toHaveProperty("crossFlowState");
  expect(again).not.toHaveProperty("crossFlowState");
  expect(world.instance.state()).toEqual(state);
  expect(again.payload.delivery.events).toEqual(first.payload.delivery.events);
});

it("001-17 late bursts in another order all arrive, and tell which is the newest", async () => {
  world.standIn.setFaults({ pauses: true });
  world.typeIn();
  world.fail((count) => (count <= 2 ? 503 : undefined));
  await Promise.all([
    world.standIn.fire("content.publish", publish("first", 1)),
    world.standIn.fire("content.publish", publish("second", 2)),
    world.standIn.fire("content.publish", publish("third", 3)),
  ]);
  const got = world.outcomes.map(
    ({ payload }) => payload.body.data as { _updateDate: string; name: string },
  );
  expect(got.map(({ name }) => name)).toEqual(["third", "first", "second"]);
  const [newest] = got.toSorted((one, other) => other._updateDate.localeCompare(one._updateDate));
  expect(newest?.name).toBe("third");
});

it("001-18 what was lost after the last attempt is made good by fetching the record", async () => {
  world.typeIn();
  world.fail(() => 500);
  const [lost] = await world.standIn.fire("content.publish", publish("lost", 1));
  expect(lost).toMatchObject({ outcome: "failed" });
  world.fail(() => undefined);
  await world.standIn.fire("content.publish", publish("late", 2));
  await world.standIn.fire("content.unpublish");
  const [late, unpublish] = world.deliveries();
  expect(late).toMatchObject({ type: "content.publish" });
  expect(await fetchRecord(unpublish)).toEqual({ record: null, gone: true });
  await world.call("PUT", `/content/${PRODUCTS}/publish`);
  expect(await fetchRecord(unpublish)).toMatchObject({ record: { name: "late" }, gone: false });
});

it("001-19 sources are not looked at unless that is asked for", async () => {
  expect(await receive({ "x-forwarded-for": "198.51.100.1" })).toMatchObject({
    branch: "Notification",
  });
});

it.each([
  ["20.86.53.155", false],
  ["20.86.53.156", true],
  ["20.86.53.157", true],
  ["20.86.53.158", false],
  ["20.86.53.156, 198.51.100.1", false],
])("001-19 with Restrict Sources %s is taken: %s", async (address, isTaken) => {
  await restart({ params: { restrictSources: "true" } });
  const attempt = receive({ "x-forwarded-for": address });
  if (isTaken) expect(await attempt).toMatchObject({ branch: "Notification" });
  else await expect(attempt).rejects.toThrow("Webhook rejected: source-not-allowed");
});

it("001-20 the documentation lists the addresses for a firewall", () => {
  const page = readFileSync(path.join(__dirname, "../../docs/providers.md"), "utf8");
  const section = page.split("### Umbraco Heartcore")[1]?.split("\n### ")[0] ?? "";
  expect(section).toContain("20.86.53.156 and 20.86.53.157");
  expect(section).toContain("20.86.53.156/31");
});

it("a delete of the instance says what is left to remove by hand", async () => {
  await world.instance.deploy();
  world.instance.logged.length = 0;
  await world.instance.delete();
  expect(said()).toMatch(/by hand.*Settings > Headless > Webhooks/);
  expect(said()).toContain(world.endpoint.url);
  expect(readPath(world.instance.state(), "hookline:stable-1")).toBeNull();
});
