import { createMicrosoftGraphApi, MESSAGES } from "../fixtures/apis/microsoft-graph-api";
import { serveApi } from "../support/api-server";
import { useGithubServer } from "../support/github-server";
import { createInstance } from "../support/instance";
import { githubSignature } from "../support/trigger";

const { server, live, removeByHand } = useGithubServer();

const RECEIVER = "http://127.0.0.1:9/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjI=";

const connection = () => ({
  key: "providerApi",
  configVarKey: "GitHub API",
  fields: { baseUrl: server().url, token: "ghp_0123456789abcdef" },
});

const inputsOf = (more: Record<string, unknown> = {}) => ({
  provider: "github",
  connection: connection(),
  events: ["issues"],
  settings: [
    { key: "owner", value: "octocat" },
    { key: "repository", value: "hello-world" },
  ],
  endpointUrl: RECEIVER,
  ...more,
});

/** A set-up flow beside a flow that catches; both share the state of the instance. */
const createSetup = () =>
  createInstance({ trigger: "catchProviderWebhook", params: { provider: "github" } });

it("subscribes another flow's endpoint, which then verifies with the secret that was made", async () => {
  const instance = createSetup();
  const report = await instance.act("ensureSubscription", inputsOf());
  expect(report).toMatchObject({
    subscriptions: [
      { provider: "github", events: ["issues"], endpointUrl: RECEIVER, state: "live" },
    ],
    health: { healthy: true, live: 1, nextExpiry: null, lastFailure: null, orphans: [] },
  });
  const [{ secret = "" } = {}] = live();
  expect(JSON.stringify(report)).not.toContain(secret);

  instance.move(RECEIVER);
  const body = '{"action":"opened"}';
  const headers = {
    "X-GitHub-Event": "issues",
    "X-GitHub-Delivery": "1",
    "X-Hub-Signature-256": githubSignature(body, secret),
  };
  const { payload } = await instance.receive({ headers, body });
  expect(payload.delivery).toMatchObject({ verified: true, type: "issues.opened" });
});

it("may run any number of times", async () => {
  const instance = createSetup();
  await instance.act("ensureSubscription", inputsOf());
  await instance.act("ensureSubscription", inputsOf());
  await instance.act("ensureSubscription", inputsOf({ events: ["push"] }));
  expect(live()).toMatchObject([{ events: ["push"] }]);
});

it("removes by what was made, and again is no error", async () => {
  const instance = createSetup();
  await instance.act("ensureSubscription", inputsOf());
  const changed = { settings: [{ key: "owner", value: "somebody" }] };
  const report = await instance.act("removeSubscription", inputsOf(changed));
  expect(report).toMatchObject({ subscriptions: [], health: { healthy: true, orphans: [] } });
  expect(live()).toEqual([]);
  await instance.act("removeSubscription", inputsOf());
});

it("lists what is live and what is missing, and changes nothing", async () => {
  const instance = createSetup();
  await instance.act("ensureSubscription", inputsOf());
  expect(await instance.act("listSubscriptions", inputsOf())).toMatchObject({
    subscriptions: [{ state: "live" }],
    health: { healthy: true },
  });
  const [{ id = "" } = {}] = live();
  removeByHand(id);
  expect(await instance.act("listSubscriptions", inputsOf())).toMatchObject({
    subscriptions: [{ id, state: "missing" }],
    health: { healthy: false, live: 0 },
  });
  expect(live()).toEqual([]);
});

it("tells what it could not look up, and why, instead of failing", async () => {
  const instance = createSetup();
  await instance.act("ensureSubscription", inputsOf());
  const fields = { baseUrl: server().url, token: "revoked" };
  const report = await instance.act(
    "listSubscriptions",
    inputsOf({ connection: { ...connection(), fields } }),
  );
  expect(report).toMatchObject({
    subscriptions: [{ state: "unknown" }],
    health: { healthy: false, lastFailure: { message: expect.stringContaining("connection") } },
  });
  expect(await instance.act("listSubscriptions", inputsOf())).toMatchObject({
    health: { healthy: true, lastFailure: null },
  });
});

it("makes anew on renewal what is gone, for every flow of the instance", async () => {
  const instance = createInstance({
    trigger: "githubWebhook",
    params: { ...inputsOf(), owner: "octocat", repository: "hello-world", enabled: "true" },
  });
  await instance.deploy();
  await instance.act("ensureSubscription", inputsOf());
  for (const { id } of live()) removeByHand(id);
  const report = await instance.act("renewSubscriptions", inputsOf());
  expect(report).toMatchObject({ health: { healthy: true, live: 2 } });
  expect(live()).toHaveLength(2);
});

it("reports a failed renewal instead of failing, and keeps what is known", async () => {
  const instance = createSetup();
  await instance.act("ensureSubscription", inputsOf());
  const fields = { baseUrl: server().url, token: "revoked" };
  const report = await instance.act(
    "renewSubscriptions",
    inputsOf({ connection: { ...connection(), fields } }),
  );
  expect(report).toMatchObject({
    subscriptions: [{ state: "unknown" }],
    health: { healthy: false, lastFailure: { message: expect.stringContaining("connection") } },
  });
  expect(await instance.act("renewSubscriptions", inputsOf())).toMatchObject({
    health: { healthy: true, lastFailure: null },
  });
});

it.each([
  ["an unknown provider", { provider: "nobody" }, /^Provider: "nobody" cannot be subscribed to/],
  [
    "an unknown setting",
    { settings: [{ key: "onwer", value: "x" }] },
    /^Settings: GitHub has no setting "onwer"/,
  ],
  ["a missing setting", { settings: [] }, /^Settings: GitHub needs the setting "owner"/],
  ["no endpoint", { endpointUrl: "" }, /^Endpoint URL: the flow has no webhook URL/],
  ["a relative endpoint", { endpointUrl: "/trigger/1" }, /^Endpoint URL: /],
  ["no connection", { connection: undefined }, /^Connection: choose a connection/],
] as const)("names the input for %s", async (_what, more, message) => {
  const instance = createSetup();
  await expect(instance.act("ensureSubscription", inputsOf(more))).rejects.toThrow(message);
});

it("renews at once where the provider asks for it", async () => {
  const graph = createMicrosoftGraphApi();
  const graphServer = await serveApi(graph);
  const params = {
    connection: {
      key: "providerApi",
      configVarKey: "Graph API",
      fields: { baseUrl: graphServer.url, token: "eyJ0eXAi.user" },
    },
    resources: [MESSAGES],
    changeTypes: ["created"],
    lifetimeMinutes: "",
  };
  const instance = createInstance({ trigger: "microsoftGraphWebhook", params });
  await instance.deploy();
  const renew = (renewsNow: string) =>
    instance.act("renewSubscriptions", {
      provider: "microsoft-graph",
      connection: params.connection,
      renewsNow,
    });
  const patches = () => graphServer.calls.filter(({ method }) => method === "PATCH").length;
  expect(await renew("false")).toMatchObject({ health: { healthy: true, live: 1 } });
  expect(patches()).toBe(0);
  const report = await renew("true");
  expect(report).toMatchObject({ health: { healthy: true, live: 1 } });
  expect(patches()).toBe(1);
  await graphServer.close();
});
