import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import type { Leased } from "../../../src/queue/queue";
import {
  type ConnectedEngine,
  connectSqs,
  toQueueConnection,
} from "../../support/queue/queue-connections";
import { createQueueSteps } from "../../support/queue/queue-steps";
import { githubSignature, performTrigger, signingSecret } from "../../support/trigger";
import { describeOnEngines } from "./describe-on-engines";
import { hubspotDelivery, hubspotInputs } from "./hubspot-delivery";

jest.setTimeout(60_000);

const PASSWORD = "correct-horse-battery-staple";

describeOnEngines("an accepted delivery", (connect) => {
  let engine: ConnectedEngine;
  beforeAll(async () => {
    engine = await connect();
  });
  afterAll(() => engine.close());

  const openQueue = async () => {
    const { connection } = engine;
    const queue = `orders-${randomUUID()}`;
    const steps = createQueueSteps(connection, queue);
    await steps.act("ensureQueue");
    const inputs = hubspotInputs({ queueConnection: connection, queue });
    /** Takes whatever is there, one message of each key at a time. */
    const drain = async (): Promise<Leased[]> => {
      const wish = { maximumMessages: "10", maximumPerKey: "1" };
      const { data } = await steps.run<{ messages: Leased[] }>("leaseMessages", wish);
      for (const { lease } of data.messages) await steps.act("acknowledgeMessage", { lease });
      return data.messages.length === 0 ? [] : [...data.messages, ...(await drain())];
    };
    return { queue, inputs, drain };
  };

  it("has all its events in the queue when the trigger has returned, in order", async () => {
    const { queue, inputs, drain } = await openQueue();
    const received = await hubspotDelivery(7, 8, 7);
    const { branch, payload, logged } = await performTrigger(
      "catchProviderWebhook",
      received,
      inputs,
    );
    expect(branch).toBe("Notification");
    expect(logged).toEqual([
      `Queue "${queue}": events enqueued: 3, dropped as repeats: 0; now the delivery is acknowledged.`,
    ]);
    const messages = await drain();
    const ofKey = (key: string) =>
      messages.filter(({ orderingKey }) => orderingKey === key).map(({ body }) => body);
    const { provider, sentAt, receivedAt } = payload.delivery;
    const [first, second, third] = payload.delivery.events as Record<string, unknown>[];
    expect(ofKey("62515:7")).toEqual([
      { provider, sentAt, receivedAt, ...first },
      { provider, sentAt, receivedAt, ...third },
    ]);
    expect(ofKey("62515:8")).toEqual([{ provider, sentAt, receivedAt, ...second }]);
  });

  it("is accepted again when it is delivered again, and enqueued once", async () => {
    const { inputs, drain } = await openQueue();
    const received = await hubspotDelivery(7, 8);
    for (let times = 0; times < 3; times += 1) {
      const { branch } = await performTrigger("catchProviderWebhook", received, inputs);
      expect(branch).toBe("Notification");
    }
    expect(await drain()).toHaveLength(2);
  });

  it("is enqueued by Catch Raw Webhook as well", async () => {
    const { queue, drain } = await openQueue();
    await performTrigger(
      "catchRawWebhook",
      { headers: { "X-Id": "a" }, body: '{"order":42}' },
      {
        signature: "none",
        eventId: "{header:X-Id}",
        orderingKey: "{json:order}",
        queueConnection: engine.connection,
        queue,
      },
    );
    expect(await drain()).toMatchObject([
      { orderingKey: "42", body: { id: "a", data: { order: 42 } } },
    ]);
  });

  it.each(["throw", "respond"])(
    "is in no queue when it is forged, with On Rejection set to %s",
    async (onRejection) => {
      const { inputs, drain } = await openQueue();
      const received = await hubspotDelivery(7);
      const forged = { ...received, body: Buffer.from("[]") };
      const attempt = performTrigger("catchProviderWebhook", forged, { ...inputs, onRejection });
      if (onRejection === "throw") await expect(attempt).rejects.toThrow("signature-mismatch");
      else expect(await attempt).toMatchObject({ branch: "Rejected" });
      expect(await drain()).toEqual([]);
    },
  );

  it("is in no queue when it is a challenge", async () => {
    const { inputs, drain } = await openQueue();
    const ping = '{"zen":"Keep it logically awesome."}';
    const headers = { "X-GitHub-Event": "ping", "X-Hub-Signature-256": githubSignature(ping) };
    const github = { ...inputs, provider: "github", signingSecret: signingSecret() };
    const { branch } = await performTrigger(
      "catchProviderWebhook",
      { headers, body: ping },
      github,
    );
    expect(branch).toBe("URL Verify");
    expect(await drain()).toEqual([]);
  });

  it("is in no queue when a designer simulates it, and the log says so", async () => {
    const { queue, inputs, drain } = await openQueue();
    const { branch, logged } = await performTrigger(
      "catchProviderWebhook",
      { body: '[{"eventId":1}]' },
      inputs,
      { isSimulatedTestExecution: true },
    );
    expect(branch).toBe("Notification");
    expect(logged).toEqual([`A simulated test: nothing was enqueued in the queue "${queue}".`]);
    expect(await drain()).toEqual([]);
  });

  it("names the queue's own limits before anything is enqueued", async () => {
    const { inputs, drain } = await openQueue();
    const attempt = performTrigger("catchProviderWebhook", await hubspotDelivery(7), {
      ...inputs,
      queue: "x".repeat(201),
    });
    await expect(attempt).rejects.toThrow(/^Queue: use at most 200 characters/);
    expect(await drain()).toEqual([]);
  });
});

describe("a delivery with an event that is too large for the queue", () => {
  it("leaves none of its events there, says what is too large, and is not acknowledged", async () => {
    const engine = await connectSqs();
    try {
      const { connection: queueConnection } = engine;
      const steps = createQueueSteps(queueConnection, "contacts");
      await steps.act("ensureQueue");
      const inputs = hubspotInputs({ queueConnection, queue: "contacts" });
      const received = await hubspotDelivery(7, 8, { id: 9, note: "x".repeat(1_100_000) });
      await expect(performTrigger("catchProviderWebhook", received, inputs)).rejects.toThrow(
        /^Body: it has 11\d+ bytes, and Amazon SQS takes .* The delivery was not acknowledged/,
      );
      expect(await steps.act("queueStatus")).toMatchObject({ ready: 0, leased: 0 });
    } finally {
      await engine.close();
    }
  });
});

describe("a delivery that the queue does not take", () => {
  const attempt = async (queueConnection: object, queue = "orders") => {
    const logged: string[] = [];
    const log = (...parts: unknown[]) => logged.push(parts.join(" "));
    const inputs = hubspotInputs({ queueConnection, queue });
    const error: unknown = await performTrigger(
      "catchProviderWebhook",
      await hubspotDelivery(7),
      inputs,
      { logger: { info: log, warn: log } },
    ).catch((thrown: unknown) => thrown);
    return { error: error as Error, logged };
  };

  const unreachable = (port: number) =>
    [
      toQueueConnection("postgresQueue", {
        connectionString: `postgres://hookline:${PASSWORD}@127.0.0.1:${port}/orders`,
      }),
      toQueueConnection("redisQueue", { url: `redis://default:${PASSWORD}@127.0.0.1:${port}` }),
      toQueueConnection("sqsQueue", {
        region: "us-east-1",
        accessKeyId: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: PASSWORD,
        endpoint: `http://127.0.0.1:${port}`,
      }),
    ] as const;

  const expectUnavailable = ({ error, logged }: Awaited<ReturnType<typeof attempt>>) => {
    expect(error).toMatchObject({ code: "QUEUE_UNAVAILABLE", retryable: true });
    expect(error.message).toMatch(
      /The delivery was not acknowledged, so its provider will deliver it again\.$/,
    );
    expect([error.message, error.stack, ...logged].join("\n")).not.toContain(PASSWORD);
    expect(logged).toEqual([]);
  };

  it.each(unreachable(9))("fails at once when the engine of a $key is down", async (connection) => {
    expectUnavailable(await attempt(connection));
  });

  it("fails within seconds when the engine says nothing", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    const sockets = new Set<{ destroy: () => void }>();
    silent.on("connection", (socket) => sockets.add(socket.on("error", () => undefined)));
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const started = performance.now();
    try {
      for (const failed of await Promise.all(unreachable(port).map((one) => attempt(one))))
        expectUnavailable(failed);
      expect(performance.now() - started).toBeLessThan(12_000);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  }, 30_000);

  it("shows the connection to look at when that is at fault", async () => {
    const { error } = await attempt(toQueueConnection("redisQueue", { url: "" }));
    expect(error).toMatchObject({ connection: { configVarKey: "Queue" } });
    expect(error.message).toMatch(/^Connection Redis Queue: fill in URL\. The delivery was not/);
  });

  it("says which kinds of connection there are when it is none of them", async () => {
    const { error } = await attempt(signingSecret());
    expect(error.message).toMatch(
      /^Queue Connection: choose a connection of the kind "PostgreSQL Queue"/,
    );
  });
});

describe("half of what a queue needs", () => {
  const both = /^Queue Connection, Queue: fill in both/;
  const connection = toQueueConnection("redisQueue", { url: "redis://127.0.0.1:9" });

  it.each([
    ["a queue without its connection", { queue: "orders" }],
    ["a connection without its queue", { queueConnection: connection }],
    ["a connection with a blank queue", { queueConnection: connection, queue: "  " }],
    ["a connection that is none", { queueConnection: "Orders", queue: "orders" }],
  ])("is refused, naming both inputs: %s", async (_what, inputs) => {
    const received = await hubspotDelivery(7);
    await expect(
      performTrigger("catchProviderWebhook", received, hubspotInputs(inputs)),
    ).rejects.toThrow(both);
    await expect(
      performTrigger("catchRawWebhook", received, { signature: "none", ...inputs }),
    ).rejects.toThrow(both);
  });

  it("is nothing at all when both are empty", async () => {
    const inputs = hubspotInputs({ queueConnection: "", queue: "" });
    const { logged } = await performTrigger(
      "catchProviderWebhook",
      await hubspotDelivery(7),
      inputs,
    );
    expect(logged).toEqual([]);
  });
});
