import { toRelayId, toStableUuid, toStartedAt } from "../../../src/runner/platform/identifiers";

test.each([
  ["2025-08-13T23:12:28.019Z", "2025-08-13 23:12:28.019+00"],
  ["2025-08-13T23:12:28.010Z", "2025-08-13 23:12:28.01+00"],
  ["2025-08-13T23:12:20.100Z", "2025-08-13 23:12:20.1+00"],
  ["2025-08-13T23:10:00.000Z", "2025-08-13 23:10:00+00"],
])("%s is written as %s", (iso, written) => {
  expect(toStartedAt(new Date(iso))).toBe(written);
});

test("stable UUIDs are UUIDs, the same for the same text and different for another", () => {
  const uuid = toStableUuid("flow:A");
  expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(toStableUuid("flow:A")).toBe(uuid);
  expect(toStableUuid("flow:B")).not.toBe(uuid);
});

test("relay ids decode to their type and uuid", () => {
  expect(Buffer.from(toRelayId("Flow", "1-2"), "base64").toString()).toBe("Flow:1-2");
});
