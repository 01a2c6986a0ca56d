import fc from "fast-check";
import { readSecrets } from "../../src/subscriptions/record";
import { type ApiShape, TOKEN, wishes } from "../support/api-shapes/api-shape";
import { defineExpiring } from "../support/api-shapes/expiring";
import { createWorld, type Fault, type World } from "../support/subscription-world";

/** How many years are lived through for each kind and rhythm. */
const YEARS = Number(process.env.YEARS ?? 1);
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const [settings] = wishes;

interface Kind {
  readonly name: string;
  readonly tellsExpiry: boolean;
  readonly isRenewable: boolean;
  readonly makesSecret: boolean;
  readonly isListed: boolean;
}

const kinds: readonly Kind[] = [
  {
    name: "renewed, and the list shows when it ends",
    tellsExpiry: true,
    isRenewable: true,
    makesSecret: false,
    isListed: true,
  },
  {
    name: "renewed, and nothing tells when it ends",
    tellsExpiry: false,
    isRenewable: true,
    makesSecret: true,
    isListed: true,
  },
  {
    name: "replaced, with our secret",
    tellsExpiry: true,
    isRenewable: false,
    makesSecret: false,
    isListed: true,
  },
  {
    name: "replaced, with a new secret of the provider's each time",
    tellsExpiry: false,
    isRenewable: false,
    makesSecret: true,
    isListed: true,
  },
  {
    name: "renewed without a list",
    tellsExpiry: true,
    isRenewable: true,
    makesSecret: true,
    isListed: false,
  },
  {
    name: "replaced without a list",
    tellsExpiry: false,
    isRenewable: false,
    makesSecret: true,
    isListed: false,
  },
];

interface Outage {
  /** How long after the end of the one before, in thousandths of a lifetime. */
  readonly after: number;
  /** In thousandths of the longest that is allowed. */
  readonly length: number;
  /** So many calls still work, so that it begins in the middle of a run. */
  readonly spared: number;
  readonly fault: Fault;
}

const outages: fc.Arbitrary<readonly Outage[]> = fc.array(
  fc.record({
    after: fc.nat(1_000),
    length: fc.integer({ min: 500, max: 1_000 }),
    spared: fc.nat(4),
    fault: fc.constantFrom<Fault>(
      { kind: "unreachable" },
      { kind: "answer-lost" },
      { kind: "status", status: 503 },
      { kind: "status-after", status: 500 },
      { kind: "status", status: 429, headers: { "retry-after": "3600" } },
      { kind: "slow", milliseconds: 60_000, isPerformed: true },
    ),
  }),
  { minLength: 300, maxLength: 400 },
);

interface Care {
  readonly lifetimeHours: number;
  readonly everyHours: number;
}

/** Less than half the lifetime long, and between two of them there is a time at which one run works. */
const toFaultAt = (list: readonly Outage[], { lifetimeHours, everyHours }: Care, from: number) => {
  const longest = lifetimeHours / 2 - everyHours - 1;
  let free = from;
  const spans = list.map(({ after, length, spared, fault }) => {
    const start = free + (everyHours + 1 + (after / 1_000) * lifetimeHours) * HOUR;
    const end = start + (length / 1_000) * longest * HOUR;
    free = end;
    return { start, end, spared, fault };
  });
  return (now: number): Fault | undefined => {
    const span = spans.find(({ start, end }) => start <= now && now < end);
    if (span) span.spared -= 1;
    return span && span.spared < 0 ? span.fault : undefined;
  };
};

const toWorld = ({ subscription, createApi }: ApiShape) =>
  createWorld({
    provider: { id: "shape", subscription },
    fields: { token: TOKEN },
    createApi,
  });

/** One of them is live, and deliveries that it signs would be verified. */
const expectHeld = (world: World): void => {
  const secrets = readSecrets(world.record()!);
  expect(world.live().map(({ secret }) => secrets.includes(secret!))).toContain(true);
};

/** Looks after a subscription again and again. Returns how often a call found none alive. */
const liveThroughYear = async (world: World, care: Care, list: readonly Outage[]) => {
  const start = world.now().getTime();
  const faultAt = toFaultAt(list, care, start);
  let gaps = 0;
  world.fail(() => {
    if (world.live().length === 0) gaps += 1;
    return faultAt(world.now().getTime());
  });
  while (world.now().getTime() < start + YEAR) {
    world.pass(care.everyHours * HOUR);
    expectHeld(world);
    const held = readSecrets(world.record()!);
    await world.deploy(settings).catch(() => undefined);
    expectHeld(world);
    expect(readSecrets(world.record()!)).toEqual(expect.arrayContaining(held.slice(0, 1)));
  }
  return gaps;
};

describe.each(kinds)("over a year, a subscription that is $name", (kind) => {
  it.each([
    { lifetimeHours: 24, everyHours: 6 },
    { lifetimeHours: 72, everyHours: 18 },
    { lifetimeHours: 168, everyHours: 42 },
  ])(
    "has no gap when it lives $lifetimeHours hours and is looked after every $everyHours",
    (care) =>
      fc.assert(
        fc.asyncProperty(outages, async (list) => {
          const world = toWorld(defineExpiring(kind.name, { ...kind, ...care }));
          await world.deploy(settings);
          expect(await liveThroughYear(world, care, list)).toBe(0);
        }),
        { numRuns: YEARS, endOnFailure: true },
      ),
    30_000 * YEARS,
  );
});

describe("a subscription that ended before its time", () => {
  it.each(kinds)("is made anew when it is looked after: $name", async (kind) => {
    const world = toWorld(defineExpiring(kind.name, { ...kind, lifetimeHours: 72 }));
    const { secret } = (await world.deploy(settings)).subscriptions[0]!;
    for (const { id } of world.live()) world.api.removeByHand(id);
    world.pass(37 * HOUR);
    const record = await world.deploy(settings);
    expect(world.live()).toHaveLength(1);
    expectHeld(world);
    if (secret !== undefined) expect(readSecrets(record).slice(1)).toEqual([secret]);
  });
});
