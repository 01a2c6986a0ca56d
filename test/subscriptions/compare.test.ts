import { type Change, type Comparison, compare } from "../../src/subscriptions/compare";
import { createLedger } from "../../src/subscriptions/ledger";
import type { RecordedSubscription, SubscriptionRecord } from "../../src/subscriptions/record";
import type { ApiSubscription } from "../../src/subscriptions/subscription";
import type { Found, Wanted } from "../../src/subscriptions/subscription-state";
import { createOnly, createOnlyOnce } from "../support/api-shapes/create-only";
import { expiring } from "../support/api-shapes/expiring";
import { listAndUpdate } from "../support/api-shapes/list-and-update";
import { secretReturned } from "../support/api-shapes/secret-returned";

const NOW = new Date("2026-01-10T00:00:00.000Z");
const HOUR = 3_600_000;
const place = { scope: { place: "one" }, baseUrl: "https://api.shapes.example.com" };
const endpointUrl = "https://hooks.example.com/1?hookline=mark.tag";

const wanted: Wanted = {
  key: "hook",
  events: ["opened", "closed"],
  enabled: true,
  details: { filter: "", headers: { a: "1", b: "2" } },
  lifetimeSeconds: 0,
  endpointUrl,
  mark: "mark",
  secret: "s".repeat(64),
};

const found: Found = {
  id: "1",
  key: "hook",
  endpointUrl,
  events: ["closed", "opened"],
  enabled: true,
  details: { headers: { b: "2", a: "1" }, filter: "", shownOnly: 7 },
};

const noted: RecordedSubscription = {
  ...place,
  id: "1",
  key: "hook",
  endpointUrl,
  events: [],
  enabled: true,
  details: {},
  madeAt: NOW.toISOString(),
};

const toLedger = (subscriptions: readonly RecordedSubscription[]) =>
  createLedger({ subscriptions, retired: [], endpointUrl } as unknown as SubscriptionRecord, place);

const compared = (
  subscription: ApiSubscription,
  given: readonly Found[],
  more: Partial<Comparison> = {},
): readonly Change[] =>
  compare({
    subscription,
    wanted: [wanted],
    found: given,
    ledger: toLedger([]),
    conflicts: new Set(),
    renewsNow: false,
    now: NOW,
    ...more,
  });

const { subscription: updatable } = listAndUpdate;
const { subscription: replaceable } = createOnly;
const update = { kind: "update", id: "1", wanted };
const create = { kind: "create", wanted };
const remove = { kind: "remove", id: "1", key: "hook" };

describe("what is there", () => {
  it("needs nothing when all that the listing shows is as wanted, in whatever order", () => {
    expect(compared(updatable, [found])).toEqual([]);
  });

  it("needs nothing where the listing shows little", () => {
    expect(compared(updatable, [{ id: "1", key: "hook", endpointUrl }])).toEqual([]);
  });

  it.each<[string, Partial<Found>]>([
    ["another endpoint", { endpointUrl: "https://hooks.example.com/2?hookline=mark.tag" }],
    ["another secret's tag", { endpointUrl: "https://hooks.example.com/1?hookline=mark.other" }],
    ["another secret", { secret: "other" }],
    ["an event less", { events: ["opened"] }],
    ["an event more", { events: ["opened", "closed", "merged"] }],
    ["the same event twice instead of two", { events: ["opened", "opened"] }],
    ["another state", { enabled: false }],
    ["another detail", { details: { filter: "x" } }],
    ["another detail in depth", { details: { headers: { a: "1", b: "3" } } }],
  ])("is updated when it has %s, and replaced where it cannot be", (_name, difference) => {
    expect(compared(updatable, [{ ...found, ...difference }])).toEqual([update]);
    expect(compared(replaceable, [{ ...found, ...difference }])).toEqual([create, remove]);
  });

  it("is replaced in the order that the provider allows", () => {
    const changed = [{ ...found, enabled: false }];
    const replace = { kind: "replace", id: "1", wanted };
    expect(compared(createOnlyOnce.subscription, changed)).toEqual([replace]);
    expect(compared(replaceable, changed, { conflicts: new Set(["hook"]) })).toEqual([replace]);
    expect(compared(replaceable, changed, { conflicts: new Set(["other"]) })).toEqual([
      create,
      remove,
    ]);
  });

  it("is replaced instead of updated where the endpoint cannot be changed", () => {
    const fixed: ApiSubscription = { ...updatable, keepsEndpoint: true };
    expect(compared(fixed, [{ ...found, enabled: false }])).toEqual([update]);
    const elsewhere = { ...found, endpointUrl: "https://hooks.example.com/2" };
    expect(compared(fixed, [elsewhere])).toEqual([create, remove]);
  });

  it("is replaced where nobody knows the secret that the provider made", () => {
    const { subscription } = secretReturned;
    expect(compared(subscription, [found])).toEqual([create, remove]);
    const ledger = toLedger([{ ...noted, secret: "known" }]);
    expect(compared(subscription, [found], { ledger })).toEqual([]);
  });
});

describe("what is missing or too much", () => {
  it("is created and removed", () => {
    expect(compared(updatable, [])).toEqual([create]);
    expect(compared(updatable, [found], { wanted: [] })).toEqual([remove]);
    expect(compared(updatable, [{ ...found, key: "other" }])).toEqual([
      create,
      { ...remove, key: "other" },
    ]);
  });

  it("leaves of several the one that is worth most", () => {
    const list = [
      { ...found, id: "2", enabled: false },
      { ...found, id: "3" },
      { ...found, id: "1" },
    ];
    const kept = (more: Partial<Comparison>, subscription = updatable) => {
      const removed = compared(subscription, list, more).flatMap((change) =>
        change.kind === "remove" ? [change.id] : [],
      );
      return list.map(({ id }) => id).filter((id) => !removed.includes(id));
    };
    expect(kept({})).toEqual(["3"]);
    expect(kept({ ledger: toLedger([noted]) })).toEqual(["1"]);
    expect(kept({ ledger: toLedger([{ ...noted, id: "2" }]) })).toEqual(["2"]);
    const ledger = toLedger([noted, { ...noted, id: "2", secret: "known" }]);
    expect(kept({ ledger }, secretReturned.subscription)).toEqual(["2"]);
  });
});

describe("what expires", () => {
  const { subscription } = expiring;
  const { renew, ...withoutRenewal } = subscription;
  const renewal = { kind: "renew", id: "1", wanted };
  const in36Hours = new Date(NOW.getTime() + 36 * HOUR);
  const later = new Date(in36Hours.getTime() + 1);

  it("is renewed at half its lifetime", () => {
    expect(renew).toBeDefined();
    expect(compared(subscription, [{ ...found, expiresAt: later }])).toEqual([]);
    expect(compared(subscription, [{ ...found, expiresAt: in36Hours }])).toEqual([renewal]);
  });

  it("is renewed by what was noted where the listing does not show it, and at once where nothing was", () => {
    const ledger = toLedger([{ ...noted, expiresAt: later.toISOString() }]);
    expect(compared(subscription, [found], { ledger })).toEqual([]);
    expect(compared(subscription, [found])).toEqual([renewal]);
  });

  it("is renewed at any time on demand", () => {
    const alive = [{ ...found, expiresAt: later }];
    expect(compared(subscription, alive, { renewsNow: true })).toEqual([renewal]);
    expect(compared(updatable, [found], { renewsNow: true })).toEqual([]);
  });

  it("is updated instead when it is not as wanted, or where update prolongs it", () => {
    const updating: ApiSubscription = { ...withoutRenewal, update: updatable.update! };
    expect(compared(updating, [{ ...found, expiresAt: NOW }])).toEqual([update]);
    const changed = { ...found, enabled: false, expiresAt: later };
    expect(compared({ ...subscription, update: updatable.update! }, [changed])).toEqual([update]);
  });

  it("is replaced where nothing prolongs it, and of two the one that lives longer is kept", () => {
    expect(compared(withoutRenewal, [{ ...found, expiresAt: NOW }])).toEqual([create, remove]);
    const fresh = { ...found, id: "2", expiresAt: later };
    expect(compared(withoutRenewal, [{ ...found, expiresAt: NOW }, fresh])).toEqual([remove]);
  });

  it("is renewed by the lifetime that was planned for it where that decides", () => {
    const planned: ApiSubscription = { ...subscription, lifetimeSeconds: "planned" };
    const given = [{ ...found, expiresAt: in36Hours }];
    const short = { ...wanted, lifetimeSeconds: 24 * 3_600 };
    expect(compared(planned, given, { wanted: [short] })).toEqual([]);
    const long = { ...wanted, lifetimeSeconds: 96 * 3_600 };
    expect(compared(planned, given, { wanted: [long] })).toMatchObject([{ kind: "renew" }]);
  });
});
