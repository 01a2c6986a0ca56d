import {
  keepRecent,
  type RecordedSubscription,
  readRecord,
  readSecrets,
  type SubscriptionRecord,
} from "../../src/subscriptions/record";

const NOW = new Date("2026-01-10T00:00:00.000Z");

const entry: RecordedSubscription = {
  id: "1",
  key: "hook",
  scope: { place: "one" },
  baseUrl: "https://api.example.com",
  endpointUrl: "https://hooks.example.com/1?hookline=a",
  events: ["opened"],
  enabled: true,
  details: {},
  madeAt: "2026-01-01T00:00:00.000Z",
};

const record: SubscriptionRecord = {
  version: 1,
  provider: "github",
  endpointUrl: "https://hooks.example.com/1",
  owner: "instance:flow",
  settings: { events: ["opened"] },
  secret: "",
  subscriptions: [entry],
  retired: [{ value: "old", retiredAt: "2026-01-09T00:00:00.000Z" }],
  orphans: [],
};

describe("a record", () => {
  it("is read as it was written", () => {
    expect(readRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
    const more = { ...record, confirmedAt: "2026-01-02T00:00:00.000Z" };
    expect(readRecord(more)).toEqual(more);
  });

  it.each([
    undefined,
    null,
    "record",
    7,
    [],
    {},
    { ...record, version: 2 },
    { ...record, version: "1" },
    { ...record, subscriptions: undefined },
    { ...record, subscriptions: {} },
    { ...record, retired: null },
    { ...record, orphans: "none" },
    { ...record, settings: null },
    { ...record, secret: 5 },
    { ...record, owner: undefined },
    { ...record, endpointUrl: null },
    { ...record, provider: {} },
  ])("is none: %j", (value) => {
    expect(readRecord(value)).toBeUndefined();
  });

  it("is read without what ends at no time, because it would never be due for renewal", () => {
    const broken = { ...entry, expiresAt: "never" };
    const lasting = { ...entry, id: "2", expiresAt: "2026-02-01T00:00:00.000Z" };
    const read = readRecord({ ...record, subscriptions: [broken, lasting] });
    expect(read?.subscriptions).toEqual([lasting]);
  });

  it("is read without what is broken in it", () => {
    const broken = [
      null,
      "1",
      {},
      { ...entry, id: 1 },
      { ...entry, scope: null },
      { ...entry, details: undefined },
      { ...entry, events: "opened" },
      { ...entry, madeAt: undefined },
    ];
    const read = readRecord({
      ...record,
      subscriptions: [...broken, entry],
      retired: [null, { value: 1 }, { value: "x" }, ...record.retired],
      orphans: [null, { id: "2" }],
    });
    expect(read).toEqual({ ...record, orphans: [{ id: "2" }] });
  });
});

describe("the secrets of a record", () => {
  const at = (day: number, secret?: string): RecordedSubscription => ({
    ...entry,
    madeAt: `2026-01-0${day}T00:00:00.000Z`,
    ...(secret !== undefined && { secret }),
  });

  it("come newest first: the flow's own, its subscriptions', those that were retired", () => {
    const subscriptions = [at(1, "first"), at(3, "third"), at(2, "second"), at(4)];
    expect(readSecrets({ ...record, secret: "ours", subscriptions })).toEqual([
      "ours",
      "third",
      "second",
      "first",
      "old",
    ]);
  });

  it("come once each, and an empty one never", () => {
    const retired = [{ value: "", retiredAt: entry.madeAt }, ...record.retired];
    const subscriptions = [at(1, "old"), at(2, "")];
    expect(readSecrets({ ...record, subscriptions, retired })).toEqual(["old"]);
    expect(readSecrets({ ...record, subscriptions: [], retired: [] })).toEqual([]);
  });
});

describe("retired secrets", () => {
  const retiredAt = (iso: string) => ({ value: iso, retiredAt: iso });

  it("are dropped after three days", () => {
    const kept = [retiredAt("2026-01-10T00:00:00.000Z"), retiredAt("2026-01-07T00:00:00.001Z")];
    const dropped = [retiredAt("2026-01-07T00:00:00.000Z"), retiredAt("yesterday")];
    expect(keepRecent([...kept, ...dropped], NOW)).toEqual(kept);
  });

  it("are kept as many as one deploy can retire, the newest", () => {
    const many = Array.from({ length: 130 }, (_, index) => ({
      value: `${index}`,
      retiredAt: NOW.toISOString(),
    }));
    expect(keepRecent(many, NOW)).toEqual(many.slice(0, 100));
  });
});
