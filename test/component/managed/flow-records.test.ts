import { readRecords, secretsOf } from "../../../src/component/managed/flow-records";

const NOW = new Date("2026-06-10T12:00:00.000Z");
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();

const toState = (retired: readonly object[]) => ({
  "hookline:stable-1": {
    ...{ version: 1, provider: "github", endpointUrl: "https://hooks.example.com/1" },
    ...{ owner: "instance:flow", settings: {}, secret: "current", subscriptions: [], orphans: [] },
    retired,
  },
});

describe("the secrets that deliveries are verified with", () => {
  it("are the retired ones for three days only, also where no deploy comes to drop them", () => {
    const state = toState([
      { value: "yesterday's", retiredAt: daysAgo(1) },
      { value: "leaked", retiredAt: daysAgo(3) },
      { value: "older", retiredAt: daysAgo(400) },
      { value: "undated", retiredAt: "soon" },
    ]);
    expect(secretsOf(readRecords(state), NOW)).toEqual(["current", "yesterday's"]);
  });
});
