import type { Connection } from "@prismatic-io/spectral";
import component from "../../../src";
import { queueEngines } from "../../../src/component/queue/engines";
import { useQueue } from "../../../src/component/queue/use-queue";
import { toQueueConnection } from "../../support/queue/queue-connections";
import { createQueueSteps } from "../../support/queue/queue-steps";

const PASSWORD = "correct-horse-battery-staple";
const KINDS = '"PostgreSQL Queue", "Redis Queue" or "Amazon SQS Queue"';

const nothing = async (): Promise<void> => undefined;

const failureOf = async (connection: Connection | undefined): Promise<Error> => {
  try {
    await createQueueSteps(connection, "orders").act("queueStatus");
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
};

/** At each of them nobody listens. */
const unreachable = [
  toQueueConnection("postgresQueue", {
    connectionString: `postgres://hookline:${PASSWORD}@127.0.0.1:1/integrations`,
  }),
  toQueueConnection("redisQueue", { url: `redis://default:${PASSWORD}@127.0.0.1:1/0` }),
  toQueueConnection("sqsQueue", {
    region: "us-east-1",
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: PASSWORD,
    endpoint: "http://127.0.0.1:1",
  }),
];

it("wants a connection", async () => {
  expect(await failureOf(undefined)).toMatchObject({
    code: "INPUT_INVALID",
    message: `Queue Connection: choose a connection of the kind ${KINDS}.`,
  });
});

it("shows the platform a connection that is none of a queue", async () => {
  const connection = { key: "signingSecret", configVarKey: "Secret", fields: { secret: PASSWORD } };
  expect(await failureOf(connection)).toMatchObject({
    name: "ConnectionError",
    connection,
    message: `Queue Connection: choose a connection of the kind ${KINDS}, not signingSecret.`,
  });
});

it.each([
  ["postgresQueue", "Connection PostgreSQL Queue: fill in Connection String."],
  ["redisQueue", "Connection Redis Queue: fill in URL."],
  ["sqsQueue", "Connection Amazon SQS Queue: fill in Region."],
])("shows the platform a %s without what it needs", async (key, message) => {
  for (const fields of [{}, { connectionString: " ", url: null, region: "" }]) {
    const connection = toQueueConnection(key, fields);
    expect(await failureOf(connection)).toMatchObject({
      name: "ConnectionError",
      connection,
      message,
    });
  }
});

it.each(unreachable)("says of $key that its engine does not answer", async (connection) => {
  const error = await failureOf(connection);
  expect(error).toMatchObject({ code: "QUEUE_UNAVAILABLE", retryable: true });
  expect(error.message).toMatch(/Try again|try again/);
  expect(JSON.stringify([error.message, error.stack])).not.toContain(PASSWORD);
});

it("gives the driver the connection's key and the defaults of what was left empty", async () => {
  const fields = { connectionString: "postgres://postgres@127.0.0.1:1/db", schema: "" };
  await useQueue(toQueueConnection("postgresQueue", fields), async ({ connection, driver }) => {
    expect(connection).toBe("postgresQueue");
    expect(driver.place).toContain("hookline");
  });
});

it("keeps one driver for the same fields, and another for others", async () => {
  const driverAt = (prefix: string) =>
    useQueue(
      toQueueConnection("redisQueue", { url: "redis://127.0.0.1:1/0", prefix }),
      async ({ driver }) => driver,
    );
  const first = await driverAt("a");
  expect(await driverAt("a")).toBe(first);
  expect(await driverAt("b")).not.toBe(first);
});

it("passes on what the work answers, and its errors as they are", async () => {
  const connection = toQueueConnection("redisQueue", { url: "redis://127.0.0.1:1/0" });
  expect(await useQueue(connection, async () => 42)).toBe(42);
  const error = new Error("of the work");
  await expect(useQueue(connection, () => Promise.reject(error))).rejects.toBe(error);
  await useQueue(connection, nothing);
});

describe("the connections of queues", () => {
  it("are published with the fields of their engines, secrets as passwords", () => {
    const published = component.connections as readonly {
      readonly key: string;
      readonly inputs: readonly { readonly key: string; readonly type: string }[];
    }[];
    const typesOf = (key: string) =>
      Object.fromEntries(
        published
          .find((connection) => connection.key === key)!
          .inputs.map((input) => [input.key, input.type]),
      );
    expect(queueEngines.map(({ kind }) => kind.key)).toEqual([
      "postgresQueue",
      "redisQueue",
      "sqsQueue",
    ]);
    expect(typesOf("postgresQueue")).toEqual({ connectionString: "password", schema: "string" });
    expect(typesOf("redisQueue")).toEqual({ url: "password", prefix: "string" });
    expect(typesOf("sqsQueue")).toEqual({
      region: "string",
      accessKeyId: "string",
      secretAccessKey: "password",
      sessionToken: "password",
      endpoint: "string",
    });
  });
});
