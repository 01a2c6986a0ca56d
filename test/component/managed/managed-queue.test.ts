import component from "../../../src";
import { subscribables } from "../../../src/component/managed/subscribables";
import { useGithubServer } from "../../support/github-server";
import { createInstance } from "../../support/instance";
import {
  type ConnectedEngine,
  connectSqs,
  toQueueConnection,
} from "../../support/queue/queue-connections";
import { createQueueSteps } from "../../support/queue/queue-steps";
import { githubSignature } from "../../support/trigger";

jest.setTimeout(60_000);

interface WireTrigger {
  readonly key: string;
  readonly hasWebhookCreateFunction?: boolean;
  readonly inputs: readonly { key: string; type: string; required: boolean }[];
}

const { server, live } = useGithubServer();

let engine: ConnectedEngine;
beforeAll(async () => {
  engine = await connectSqs();
});
afterAll(() => engine.close());

const paramsOf = (more: Record<string, unknown>) => ({
  connection: {
    key: "providerApi",
    configVarKey: "GitHub API",
    fields: { baseUrl: server().url, token: "ghp_0123456789abcdef" },
  },
  owner: "octocat",
  repository: "hello-world",
  events: ["issues"],
  enabled: "true",
  ...more,
});

const body = JSON.stringify({ action: "opened", issue: { number: 1 }, repository: { id: 2 } });
const headersFor = (secret: string) => ({
  "X-GitHub-Event": "issues",
  "X-GitHub-Delivery": "72d3162e",
  "X-Hub-Signature-256": githubSignature(body, secret),
});

it("is offered by every trigger that catches webhooks, optionally, and last", () => {
  const triggers = Object.values(component.triggers) as unknown as WireTrigger[];
  const managed = triggers.filter(({ hasWebhookCreateFunction }) => hasWebhookCreateFunction);
  expect(managed).toHaveLength(subscribables.length);
  const catching = [...managed, ...triggers.filter(({ key }) => key.startsWith("catch"))];
  expect(catching).toHaveLength(subscribables.length + 2);
  for (const { inputs } of catching) {
    const last = inputs.slice(-2).map(({ key, type, required }) => [key, type, required]);
    expect(last).toEqual([
      ["queueConnection", "connection", false],
      ["queue", "string", false],
    ]);
    expect(new Set(inputs.map(({ key }) => key)).size).toBe(inputs.length);
  }
});

it("keeps the deliveries to a subscription of ours, and nothing that is forged", async () => {
  const queueConnection = engine.connection;
  const queue = "issues";
  const steps = createQueueSteps(queueConnection, queue);
  await steps.act("ensureQueue");
  const params = paramsOf({ queueConnection, queue });
  const instance = createInstance({ trigger: "githubWebhook", params });
  await instance.deploy();
  const [{ secret = "" } = {}] = live();
  await expect(instance.receive({ headers: headersFor("a guess"), body })).rejects.toThrow(
    "signature-mismatch",
  );
  const { branch } = await instance.receive({ headers: headersFor(secret), body });
  expect(branch).toBe("Notification");
  expect(await steps.act("queueStatus")).toMatchObject({ ready: 1 });
  expect(await steps.take()).toMatchObject({
    orderingKey: "2:1",
    body: { provider: "github", id: "72d3162e", type: "issues.opened", data: JSON.parse(body) },
  });
});

it("does not let a delivery pass for received while the queue is down", async () => {
  const queueConnection = toQueueConnection("redisQueue", { url: "redis://127.0.0.1:9" });
  const params = paramsOf({ queueConnection, queue: "issues" });
  const instance = createInstance({ trigger: "githubWebhook", params });
  await instance.deploy();
  const [{ secret = "" } = {}] = live();
  await expect(instance.receive({ headers: headersFor(secret), body })).rejects.toThrow(
    "The delivery was not acknowledged",
  );
});

it("is refused on deploy if only half of it is filled in, before anything is subscribed", async () => {
  const instance = createInstance({
    trigger: "githubWebhook",
    params: paramsOf({ queue: "issues" }),
  });
  await expect(instance.deploy()).rejects.toThrow(/^Queue Connection, Queue: fill in both/);
  expect(live()).toEqual([]);
});

it("keeps nobody from deleting an instance", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf({}) });
  await instance.deploy();
  await instance.delete(paramsOf({ queue: "issues" }));
  expect(live()).toEqual([]);
});
