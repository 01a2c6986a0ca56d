import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import component from "../../src";
import { stripe } from "../../src/providers/stripe";
import { prepareDeliveries } from "../../src/runner/send/prepare-deliveries";
import { performTrigger, SECRET, signingSecret } from "../support/trigger";

const folder = join(__dirname, "../../src/component/example-payloads");
const now = new Date("2026-11-21T03:00:00.120Z");
const invokeUrl = "https://hooks.prismatic.io/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=";

const runs = {
  "catch-provider-webhook": async () => {
    const target = {
      flow: "",
      url: invokeUrl,
      provider: null,
      secret: SECRET,
      username: "",
      options: {},
      endpointUrl: "",
      queue: null,
    };
    const plan = { count: 1, duplicates: 0, forge: false, shuffle: false };
    const [delivery] = await prepareDeliveries(stripe, target, { now, plan });
    const inputs = { provider: "stripe", signingSecret: signingSecret() };
    return performTrigger("catchProviderWebhook", { ...delivery!, invokeUrl }, inputs);
  },
  "catch-raw-webhook": () =>
    performTrigger(
      "catchRawWebhook",
      {
        headers: {
          "Content-Type": "application/json",
          "X-Request-Id": "4c1b9a52",
          "X-Token": SECRET,
        },
        body: '{"type":"order.paid","order":{"id":42}}',
        invokeUrl,
      },
      {
        signature: "token",
        signatureHeader: "X-Token",
        signingSecret: signingSecret(),
        eventId: "{header:X-Request-Id}",
        eventType: "{json:type}",
        orderingKey: "{json:order.id}",
      },
    ),
};

beforeAll(() =>
  jest.useFakeTimers({ now, doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] }),
);
afterAll(() => jest.useRealTimers());

const fileOf = (name: string) => join(folder, `${name}.json`);

it.each(Object.entries(runs))("%s shows what a real run gives", async (name, run) => {
  const { logged: _, ...outcome } = await run();
  const recorded = JSON.parse(JSON.stringify(outcome));
  if (process.env.UPDATE_EXAMPLES === "1")
    writeFileSync(fileOf(name), `${JSON.stringify(recorded, null, 2)}\n`);
  expect(existsSync(fileOf(name))).toBe(true);
  expect(JSON.parse(readFileSync(fileOf(name), "utf8"))).toEqual(recorded);
});

it("is published with every trigger and action", () => {
  const parts = [
    ...Object.values(component.triggers),
    ...Object.values(component.actions),
    ...Object.values(component.dataSources),
  ];
  for (const part of parts) expect(part).toHaveProperty("examplePayload");
  const [raw, provider] = Object.values(component.triggers);
  expect(raw?.examplePayload).toHaveProperty("payload.delivery.type", "order.paid");
  expect(provider?.examplePayload).toHaveProperty("payload.delivery.type", "invoice.paid");
});

it("holds no secret", () => {
  for (const name of Object.keys(runs))
    expect(readFileSync(fileOf(name), "utf8")).not.toContain(SECRET);
});
