import { createHash } from "node:crypto";
import { type BodyEventsOptions, bodyEvents } from "../../src/events/body-events";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const BODY_HASH = sha256("the body");

const read = (options: BodyEventsOptions, data: unknown, headers: Record<string, string> = {}) =>
  bodyEvents(options).read({
    request: {
      method: "POST",
      url: "https://hooks.example.com/trigger/1",
      headers: new Map(Object.entries(headers)),
      query: new Map(),
      body: Buffer.from("the body"),
      bodyIsExact: true,
      receivedAt: new Date(0),
    },
    data,
    bodyHash: BODY_HASH,
  });

const order = { id: "1", type: "order.created", customer: "c1" };

describe("events of a body", () => {
  it("reads id, type and ordering key, and hands over the body", () => {
    const options = { id: "id", type: "type", orderingKey: "customer" };
    expect(read(options, order)).toEqual([
      { id: "1", type: "order.created", orderingKey: "c1", data: order },
    ]);
  });

  it("calls what it cannot tell unknown, and orders it with nothing", () => {
    const [event] = read({ id: "id", type: "kind", orderingKey: "account" }, order);
    expect(event).toMatchObject({ type: "unknown", orderingKey: null });
  });

  it("gives an event without an id a hash that is the same over redeliveries", () => {
    const [first] = read({ type: "type" }, order);
    const [again] = read({ type: "type" }, structuredClone(order));
    expect(first?.id).toBe(sha256(`order.created\n${BODY_HASH}\n`));
    expect(again?.id).toBe(first?.id);
  });

  it("gives one body under two event types two ids", () => {
    const options = { type: { header: "x-topic" } };
    const [created] = read(options, order, { "x-topic": "created" });
    const [updated] = read(options, order, { "x-topic": "updated" });
    expect(created?.id).not.toBe(updated?.id);
  });

  it("hashes rather than joins half an id", () => {
    const id = { joined: ["id", "missing"] };
    expect(read({ id }, order)[0]?.id).toMatch(/^[0-9a-f]{64}$/);
  });

  it("keeps an id of zero, and a key that is the event itself", () => {
    const options = { each: "ids.*", id: "", orderingKey: "" };
    expect(
      read(options, { ids: [0, "a"] }).map(({ id, orderingKey }) => [id, orderingKey]),
    ).toEqual([
      ["0", "0"],
      ["a", "a"],
    ]);
  });
});

describe("events of a batch", () => {
  const options: BodyEventsOptions = { each: "events.*", id: "id", type: "type" };

  it("makes an event of each entry, and reads from the top where asked", () => {
    const batch = { account: "a1", events: [{ id: "1", type: "x" }, { id: "2" }] };
    expect(read({ ...options, orderingKey: { top: "account" } }, batch)).toEqual([
      { id: "1", type: "x", orderingKey: "a1", data: { id: "1", type: "x" } },
      { id: "2", type: "unknown", orderingKey: "a1", data: { id: "2" } },
    ]);
  });

  it("gives equal entries without ids two ids", () => {
    const ids = read(options, { events: [{ type: "x" }, { type: "x" }] }).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it("reads a body that is a batch itself, and entries that are wrapped", () => {
    expect(read({ each: "*", id: "id" }, [{ id: "1" }, { id: "2" }])).toHaveLength(2);
    const wrapped = { items: [{ Item: { id: "1" } }, { Item: { id: "2" } }] };
    expect(read({ each: "items.*.Item", id: "id" }, wrapped).map(({ id }) => id)).toEqual([
      "1",
      "2",
    ]);
  });

  it("reads an empty batch as no events", () => {
    expect(read(options, { events: [] })).toEqual([]);
  });

  it.each([
    {},
    { events: { id: "1" } },
    { events: null },
    { events: "text" },
    { other: [order] },
    null,
    "text",
    Buffer.from([0xff]),
  ])("delivers a body without the batch as one event of unknown type: %p", (data) => {
    expect(read(options, data)).toEqual([
      { id: BODY_HASH, type: "unknown", orderingKey: null, data },
    ]);
  });

  it.each([null, 7, "text", []])("survives an entry that is %p", (entry) => {
    expect(read(options, { events: [entry] })).toMatchObject([{ type: "unknown", data: entry }]);
  });
});

describe("a body that holds another one", () => {
  const unwrap = (data: unknown) => JSON.parse((data as { payload: string }).payload);

  it("is read as what it holds", () => {
    const data = { payload: JSON.stringify(order) };
    expect(read({ unwrap, id: "id" }, data)).toMatchObject([{ id: "1", data: order }]);
  });

  it("lets a failure out, so that the delivery can be handed over unread", () => {
    expect(() => read({ unwrap, id: "id" }, { payload: "not JSON" })).toThrow(SyntaxError);
  });
});

describe("a hostile body", () => {
  const hostile = JSON.parse('{"__proto__":{"id":"p","type":"t"},"constructor":{"name":"c"}}');

  it("has no properties but its own", () => {
    const options = { id: "toString", type: "constructor.prototype", orderingKey: "valueOf.name" };
    expect(read(options, {})).toMatchObject([{ type: "unknown", orderingKey: null }]);
  });

  it("is data under every name, and changes no prototype", () => {
    const [event] = read({ id: "__proto__.id", type: "constructor.name" }, hostile);
    expect(event).toMatchObject({ id: "p", type: "c" });
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).id).toBeUndefined();
  });
});

it("tells where ids, types and ordering keys come from", () => {
  expect(bodyEvents({ type: { header: "x-topic" } }).description).toEqual({
    id: "hash of the body",
    type: "header x-topic",
    orderingKey: "none",
  });
});
