import { createLedger } from "../../src/subscriptions/ledger";
import type { RecordedSubscription, SubscriptionRecord } from "../../src/subscriptions/record";
import type { Wanted } from "../../src/subscriptions/subscription-state";

const NOW = new Date("2026-01-10T00:00:00.000Z");
const baseUrl = "https://api.example.com";
const one = { scope: { place: "one" }, baseUrl };
const two = { scope: { place: "two" }, baseUrl };

const entry: RecordedSubscription = {
  ...one,
  id: "name",
  key: "hook",
  endpointUrl: "https://hooks.example.com/1?hookline=mark",
  events: ["opened"],
  enabled: true,
  details: {},
  madeAt: "2026-01-01T00:00:00.000Z",
  secret: "t0p",
  expiresAt: "2026-02-01T00:00:00.000Z",
};

const record = (subscriptions: readonly RecordedSubscription[]): SubscriptionRecord => ({
  version: 1,
  provider: "p",
  endpointUrl: "https://hooks.example.com/2",
  owner: "o",
  settings: {},
  secret: "",
  subscriptions,
  retired: [],
  orphans: [],
});

const wanted: Wanted = {
  key: "hook",
  events: ["closed"],
  enabled: false,
  details: { filter: "x" },
  lifetimeSeconds: 0,
  endpointUrl: "https://hooks.example.com/1?hookline=mark",
  mark: "mark",
  secret: "",
};

describe("a ledger", () => {
  it("tells two of one name apart by where they are", () => {
    const ledger = createLedger(record([entry]), two);
    expect(ledger.get("name")).toBeUndefined();
    ledger.write(wanted, { id: "name" }, NOW);
    expect(ledger.all()).toHaveLength(2);
    expect(ledger.here()).toMatchObject([{ ...two, events: ["closed"] }]);
    expect(ledger.at(one).here()).toEqual([entry]);
    ledger.at(one).strike("name", NOW);
    expect(ledger.all()).toMatchObject([two]);
    expect(ledger.retired()).toEqual([{ value: "t0p", retiredAt: NOW.toISOString() }]);
  });

  it("tells servers apart as well, and does not mind the order of a scope", () => {
    const scope = { owner: "a", repository: "b" };
    const ledger = createLedger(record([{ ...entry, scope, baseUrl }]), {
      scope: { repository: "b", owner: "a" },
      baseUrl,
    });
    expect(ledger.get("name")).toBeDefined();
    expect(ledger.at({ scope, baseUrl: "https://other.example.com" }).get("name")).toBeUndefined();
  });

  it("keeps what an answer does not tell again", () => {
    const ledger = createLedger(record([entry]), one);
    ledger.write(wanted, { id: "name" }, NOW);
    expect(ledger.get("name")).toMatchObject({
      secret: "t0p",
      expiresAt: entry.expiresAt,
      events: ["closed"],
      enabled: false,
      madeAt: NOW.toISOString(),
    });
    ledger.write(wanted, { id: "name", secret: "new", expiresAt: NOW }, NOW);
    expect(ledger.get("name")).toMatchObject({ secret: "new", expiresAt: NOW.toISOString() });
  });

  it("adopts what is listed without forgetting what is not", () => {
    const ledger = createLedger(record([entry]), one);
    ledger.adopt({ id: "name", key: "hook", endpointUrl: "https://hooks.example.com/3" }, NOW);
    expect(ledger.get("name")).toEqual({ ...entry, endpointUrl: "https://hooks.example.com/3" });
    ledger.adopt({ id: "2", key: "hook", endpointUrl: "https://hooks.example.com/3" }, NOW);
    expect(ledger.get("2")).toEqual({
      ...one,
      id: "2",
      key: "hook",
      endpointUrl: "https://hooks.example.com/3",
      events: [],
      enabled: true,
      details: {},
      madeAt: NOW.toISOString(),
    });
  });

  it("knows the endpoints that were ours when the record was saved", () => {
    const ledger = createLedger(record([entry]), two);
    expect(ledger.hasEndpoint("https://hooks.example.com/1?x=1")).toBe(true);
    expect(ledger.hasEndpoint("https://hooks.example.com/2")).toBe(true);
    expect(ledger.hasEndpoint("https://hooks.example.com/3")).toBe(false);
    expect(createLedger(undefined, one).hasEndpoint("")).toBe(false);
  });

  it("retires a secret once, and an empty one never", () => {
    const ledger = createLedger(record([]), one);
    ledger.retire("a", new Date(0));
    ledger.retire("b", NOW);
    ledger.retire("a", NOW);
    ledger.retire("", NOW);
    ledger.strike("unknown", NOW);
    expect(ledger.retired().map(({ value }) => value)).toEqual(["a", "b"]);
    expect(ledger.retired()[0]?.retiredAt).toBe(NOW.toISOString());
  });
});
