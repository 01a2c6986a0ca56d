import fc from "fast-check";
import { type RetryPolicy, toBackoffSeconds } from "../../src/queue/policy";

const policy: RetryPolicy = {
  maximumAttempts: 10,
  backoffSeconds: 5,
  maximumBackoffSeconds: 3600,
  onExhausted: "deadLetter",
};

describe("the backoff", () => {
  it("doubles with each attempt, up to the cap", () => {
    const pauses = [1, 2, 3, 4, 10, 11, 1000].map((attempt) =>
      toBackoffSeconds(policy, attempt, 0),
    );
    expect(pauses).toEqual([5, 10, 20, 40, 2560, 3600, 3600]);
  });

  it("is shortened by up to half, at random", () => {
    expect(toBackoffSeconds(policy, 1, 0.5)).toBe(3.75);
    expect(toBackoffSeconds(policy, 1, 0.999_999)).toBeCloseTo(2.5, 3);
  });

  it("is between half and the whole of what is due, whatever the policy", () => {
    const whole = fc.integer({ min: 0, max: 43_200 });
    const chance = fc.double({ min: 0, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(
        whole,
        whole,
        fc.integer({ min: 1, max: 1000 }),
        chance,
        (base, cap, attempt, luck) => {
          const wish = { ...policy, backoffSeconds: base, maximumBackoffSeconds: cap };
          const pause = toBackoffSeconds(wish, attempt, luck);
          const most = toBackoffSeconds(wish, attempt, 0);
          expect(pause).toBeLessThanOrEqual(Math.min(most, cap));
          expect(pause).toBeGreaterThanOrEqual(most / 2);
        },
      ),
    );
  });
});
