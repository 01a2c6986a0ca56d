import { useGithubServer } from "../support/github-server";
import { createInstance } from "../support/instance";
import { githubSignature } from "../support/trigger";

const { server, live, removeByHand } = useGithubServer();

const HOOKS = "/repos/octocat/hello-world/hooks";

const paramsOf = (more: Record<string, unknown> = {}) => ({
  connection: {
    key: "providerApi",
    configVarKey: "Some API",
    fields: { baseUrl: server().url, token: "ghp_0123456789abcdef" },
  },
  events: ["issues"],
  createPath: HOOKS,
  createBody:
    '{"active":true,"events":"{events}","config":{"url":"{endpoint}","content_type":"json","secret":"{secret}"}}',
  listPath: `${HOOKS}?per_page=100`,
  listEndpoint: "config.url",
  listEvents: "events",
  deletePath: `${HOOKS}/{id}`,
  signature: "hmac",
  signatureHeader: "X-Hub-Signature-256",
  signaturePrefix: "sha256=",
  eventType: "{header:X-GitHub-Event}",
  eventId: "{header:X-GitHub-Delivery}",
  ...more,
});

it("subscribes to an API that is described by hand, and verifies with the secret that it made", async () => {
  const instance = createInstance({ trigger: "managedWebhook", params: paramsOf() });
  await instance.deploy();
  const [{ secret = "" } = {}] = live();
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  const body = '{"action":"opened"}';
  const headers = {
    "X-GitHub-Event": "issues",
    "X-GitHub-Delivery": "1",
    "X-Hub-Signature-256": githubSignature(body, secret),
  };
  const { payload } = await instance.receive({ headers, body });
  expect(payload.delivery).toMatchObject({
    provider: "managed",
    verified: true,
    type: "issues",
    id: "1",
  });
  await expect(
    instance.receive({ headers: { ...headers, "X-Hub-Signature-256": "sha256=00" }, body }),
  ).rejects.toThrow("Webhook rejected");
  await instance.delete();
  expect(live()).toEqual([]);
});

it("follows changed templates, and deletes by those of the deploy's record", async () => {
  const instance = createInstance({ trigger: "managedWebhook", params: paramsOf() });
  await instance.deploy();
  await instance.deploy(paramsOf({ events: ["push", "release"] }));
  expect(live()).toMatchObject([{ events: ["push", "release"] }]);
  await instance.delete();
  expect(live()).toEqual([]);
});

it("is renewed from a scheduled flow by what its record says", async () => {
  const instance = createInstance({ trigger: "managedWebhook", params: paramsOf() });
  await instance.deploy();
  for (const { id } of live()) removeByHand(id);
  const { connection } = paramsOf();
  const report = await instance.act("renewSubscriptions", { provider: "managed", connection });
  expect(report).toMatchObject({ health: { healthy: true, live: 1 } });
  expect(live()).toHaveLength(1);
});

it("is renewed beside a record whose templates are none any more", async () => {
  const instance = createInstance({ trigger: "managedWebhook", params: paramsOf() });
  await instance.deploy();
  const state = instance.state();
  const [record] = Object.values(state) as [Record<string, object>];
  const settings = { ...record.settings, lifetimeSeconds: "for ever" };
  const broken = { ...record, owner: "instance-1:stable-0", settings };
  instance.setState({ "hookline:stable-0": broken, ...state });
  for (const { id } of live()) removeByHand(id);
  const { connection } = paramsOf();
  const report = await instance.act("renewSubscriptions", { provider: "managed", connection });
  expect(live()).toHaveLength(1);
  expect(report).toMatchObject({
    health: {
      healthy: false,
      lastFailure: { message: expect.stringContaining("Lifetime (Seconds)") },
    },
  });
});

it("names the template that is wrong", async () => {
  const params = paramsOf({ createBody: "not json" });
  const instance = createInstance({ trigger: "managedWebhook", params });
  await expect(instance.deploy()).rejects.toThrow("Create Body: this is not JSON");
});

it.each([
  [
    "a secret that nothing is verified with",
    { signature: "none" },
    /^Signature: there is a signing secret/,
  ],
  ["a signature without its header", { signatureHeader: "" }, /^Signature Header: /],
])("refuses %s on deploy, before anything is subscribed", async (_what, more, message) => {
  const instance = createInstance({ trigger: "managedWebhook", params: paramsOf(more) });
  await expect(instance.deploy()).rejects.toThrow(message);
  expect(live()).toEqual([]);
});

it("removes by the templates of the deploy, whatever today's are worth", async () => {
  const instance = createInstance({ trigger: "managedWebhook", params: paramsOf() });
  await instance.deploy();
  await instance.delete(
    paramsOf({ createBody: "not json", deletePath: "", lifetimeSeconds: "soon" }),
  );
  expect(live()).toEqual([]);
});
