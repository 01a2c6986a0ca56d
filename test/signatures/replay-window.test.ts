import fc from "fast-check";
import { toReceived } from "../../src/http/outbound-request";
import {
  readTimestamp,
  type TimestampOutcome,
  writeTimestamp,
} from "../../src/signatures/replay-window";
import type { SignedTimestamp } from "../../src/signatures/scheme";
import { ENDPOINT, NOW } from "../support/evidence";

const units: readonly SignedTimestamp["unit"][] = [
  "seconds",
  "milliseconds",
  "seconds-or-milliseconds",
  "iso8601",
];

interface Reading {
  readonly unit?: SignedTimestamp["unit"];
  readonly toleranceSeconds?: number;
  readonly override?: number;
  readonly now?: Date;
}

const read = (
  text: string | undefined,
  { unit = "seconds", toleranceSeconds, override, now = NOW }: Reading = {},
): TimestampOutcome =>
  readTimestamp(
    { header: "x-time", unit, ...(toleranceSeconds !== undefined && { toleranceSeconds }) },
    toReceived(
      {
        method: "POST",
        url: ENDPOINT,
        headers: text === undefined ? {} : { "X-Time": text },
        body: Buffer.alloc(0),
      },
      now,
    ),
    { now, toleranceSeconds: override },
  );

const outcomeOf = (outcome: TimestampOutcome): string =>
  "kind" in outcome ? outcome.reason : "inside";

const at = (skewMilliseconds: number): string => String(NOW.getTime() + skewMilliseconds);

it.each(units)("reads the time that it writes, %s", (unit) => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(1e12), max: new Date(4e12), noInvalidDate: true }),
      (now) => {
        const outcome = read(writeTimestamp(unit, now), { unit, now });
        const resolution = unit === "milliseconds" || unit === "iso8601" ? 1 : 1000;
        expect("sentAt" in outcome && outcome.sentAt?.getTime()).toBe(
          Math.floor(now.getTime() / resolution) * resolution,
        );
      },
    ),
  );
});

describe("the window", () => {
  it.each([
    [-300_000, "inside"],
    [-300_001, "timestamp-outside-tolerance"],
    [0, "inside"],
    [300_000, "inside"],
    [300_001, "timestamp-outside-tolerance"],
  ])("is 300 seconds wide either way, ends included: %d ms", (skew, expected) => {
    expect(outcomeOf(read(at(skew), { unit: "milliseconds" }))).toBe(expected);
  });

  it("is the scheme's own where it has one", () => {
    const reading = { unit: "milliseconds", toleranceSeconds: 60 } as const;
    expect(outcomeOf(read(at(-60_000), reading))).toBe("inside");
    expect(outcomeOf(read(at(-60_001), reading))).toBe("timestamp-outside-tolerance");
  });

  it("is the builder's before the scheme's", () => {
    const reading = { unit: "milliseconds", toleranceSeconds: 60, override: 3600 } as const;
    expect(outcomeOf(read(at(-3_600_000), reading))).toBe("inside");
    expect(outcomeOf(read(at(-3_600_001), reading))).toBe("timestamp-outside-tolerance");
  });

  it("admits only this very moment when it is 0", () => {
    const reading = { unit: "milliseconds", override: 0 } as const;
    expect(outcomeOf(read(at(0), reading))).toBe("inside");
    expect(outcomeOf(read(at(1), reading))).toBe("timestamp-outside-tolerance");
  });

  it.each([Number.NaN, -1, Number.NEGATIVE_INFINITY])(
    "admits nothing when it is %d",
    (override) => {
      expect(outcomeOf(read(at(0), { unit: "milliseconds", override }))).toBe(
        "timestamp-outside-tolerance",
      );
    },
  );

  it("tells in which direction the time is wrong, and by how much", () => {
    expect(read(at(-301_000), { unit: "milliseconds" })).toMatchObject({
      detail: expect.stringContaining("301 s old; 300 s"),
    });
    expect(read(at(301_000), { unit: "milliseconds" })).toMatchObject({
      detail: expect.stringContaining("301 s in the future"),
    });
  });
});

it.each([
  "NaN",
  "-1",
  "+1773500966",
  "1773500966.0",
  "1.7e9",
  "0x10",
  "Infinity",
  "１７７３５００９６６",
  " 1773500966",
  "1773500966 ",
  "1773500966,1773500966",
  "12345678901234567",
  "null",
  "[object Object]",
])("refuses %p as a number of seconds", (text) => {
  expect(outcomeOf(read(text))).toBe("timestamp-malformed");
});

it.each([
  "2026-03-14",
  "2026-03-14T15:09:26",
  "2026-13-14T15:09:26Z",
  "2026-03-32T15:09:26Z",
  "2026-03-14T25:09:26Z",
  "Sat, 14 Mar 2026 15:09:26 GMT",
  "1773500966",
  "2026-03-14T15:09:26Zjunk",
  "+012026-03-14T15:09:26Z",
])("refuses %p as an ISO 8601 time", (text) => {
  expect(outcomeOf(read(text, { unit: "iso8601" }))).toBe("timestamp-malformed");
});

it.each([
  "2026-03-14T15:09:26Z",
  "2026-03-14T15:09:26.123456789Z",
  "2026-03-14T16:09:26+01:00",
  "2026-03-14T16:09:26+0100",
  "2026-03-14 15:09:26Z",
  "2026-03-14T15:09Z",
])("reads %p as an ISO 8601 time", (text) => {
  expect(outcomeOf(read(text, { unit: "iso8601" }))).toBe("inside");
});

it("tells seconds from milliseconds by their length where a provider sends either", () => {
  const unit = "seconds-or-milliseconds";
  expect(outcomeOf(read("1773500966", { unit }))).toBe("inside");
  expect(outcomeOf(read("1773500966000", { unit }))).toBe("inside");
  expect(outcomeOf(read("99999999999", { unit }))).toBe("timestamp-outside-tolerance");
});

it("misses a time that is absent or empty", () => {
  expect(outcomeOf(read(undefined))).toBe("timestamp-missing");
  expect(outcomeOf(read(""))).toBe("timestamp-missing");
});

it("never takes a text for a time by accident", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...units), (text, unit) => {
      expect(outcomeOf(read(text, { unit }))).not.toBe("inside");
    }),
  );
});
