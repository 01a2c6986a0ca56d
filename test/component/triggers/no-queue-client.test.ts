import { performTrigger } from "../../support/trigger";
import { hubspotDelivery, hubspotInputs } from "./hubspot-delivery";

/** Under this prefix, because Jest lets a hoisted factory see no other variable. */
const mockLoaded: string[] = [];

jest.mock("pg", () => {
  mockLoaded.push("pg");
  return jest.requireActual("pg");
});
jest.mock("ioredis", () => {
  mockLoaded.push("ioredis");
  return jest.requireActual("ioredis");
});
jest.mock("@aws-sdk/client-sqs", () => {
  mockLoaded.push("@aws-sdk/client-sqs");
  return jest.requireActual("@aws-sdk/client-sqs");
});

const loadedBy = async (inputs: Record<string, unknown>): Promise<readonly string[]> => {
  mockLoaded.splice(0);
  await performTrigger(
    "catchProviderWebhook",
    await hubspotDelivery(7),
    hubspotInputs(inputs),
  ).catch(() => undefined);
  return [...mockLoaded];
};

it("loads the client of the queue that a trigger uses, and no other; none without a queue", async () => {
  expect(await loadedBy({})).toEqual([]);
  const fields = { url: "redis://127.0.0.1:9" };
  const queueConnection = { key: "redisQueue", configVarKey: "Queue", fields };
  expect(await loadedBy({ queueConnection, queue: "orders" })).toEqual(["ioredis"]);
});
