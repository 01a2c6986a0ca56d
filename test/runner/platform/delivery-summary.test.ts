import { readDelivery } from "../../../src/runner/platform/trigger-result";

it("reads what the console shows from a delivery, the reason of a rejection too", () => {
  const rejection = { reason: "signature-mismatch", detail: "not shown" };
  expect(
    readDelivery({ delivery: { provider: "raw", type: "unknown", verified: false, rejection } }),
  ).toEqual({
    provider: "raw",
    type: "unknown",
    verified: false,
    reason: "signature-mismatch",
  });
});

it.each([undefined, null, 7, "x", {}, { delivery: null }, { delivery: "x" }])(
  "reads nothing from %p",
  (payload) => {
    expect(readDelivery(payload)).toBeNull();
  },
);

it("takes nothing of the wrong type", () => {
  const delivery = { provider: 1, type: {}, verified: "yes", rejection: "no" };
  expect(readDelivery({ delivery })).toEqual({
    provider: null,
    type: null,
    verified: null,
    reason: null,
  });
});
