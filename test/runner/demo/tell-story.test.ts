import { toReceived } from "../../../src/http/outbound-request";
import { shopify } from "../../../src/providers/shopify";
import { orderStory } from "../../../src/providers/shopify/order-story";
import { mixWithRepeats, tellStory } from "../../../src/runner/demo/tell-story";
import { verifySignature } from "../../../src/signatures/verify-signature";

const repeatOf = (item: string): string => `${item}'`;

test("each list keeps its order, and everything comes once more, later", () => {
  const lists = [["a1", "a2", "a3"], ["b1", "b2"], ["c1"]];
  for (let round = 0; round < 200; round += 1) {
    const mixed = mixWithRepeats(lists, repeatOf);
    for (const list of lists) expect(mixed.filter((item) => list.includes(item))).toEqual(list);
    expect([...mixed].sort()).toEqual(
      lists
        .flat()
        .flatMap((item) => [item, repeatOf(item)])
        .sort(),
    );
    for (const item of lists.flat())
      expect(mixed.indexOf(repeatOf(item))).toBeGreaterThan(mixed.indexOf(item));
  }
});

test("the lists are mixed, and not the same way each time", () => {
  const lists = [
    ["a1", "a2", "a3", "a4"],
    ["b1", "b2", "b3", "b4"],
  ];
  const ways = Array.from({ length: 50 }, () => mixWithRepeats(lists, repeatOf).join());
  expect(new Set(ways).size).toBeGreaterThan(25);
});

const target = {
  flow: "Catch Orders",
  url: "http://127.0.0.1:8400/trigger/x",
  trigger: "catchProviderWebhook",
  provider: "shopify",
  secret: "a secret of the story",
  username: "",
  options: {},
  endpointUrl: "",
  queue: "orders",
};

test("what has to be accepted is signed as the provider signs, and the forgeries are not", async () => {
  const now = new Date();
  const deliveries = await tellStory(shopify, orderStory, target, now);
  expect(deliveries).toHaveLength(22);
  for (const { shows, request, isRepeatedUntilAccepted } of deliveries) {
    const { kind } = await verifySignature(shopify.signature, {
      request: toReceived(request, now),
      secrets: [target.secret],
      username: "",
      options: {},
      now,
      fetchKey: async () => {
        throw new Error("nothing is fetched here");
      },
    });
    expect(`${shows}: ${kind}`).toBe(
      `${shows}: ${isRepeatedUntilAccepted ? "verified" : "rejected"}`,
    );
    expect(shows.includes("forged")).toBe(!isRepeatedUntilAccepted);
  }
});
