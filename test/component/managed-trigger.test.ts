import { useGithubServer } from "../support/github-server";
import { createInstance, ENDPOINT } from "../support/instance";
import { githubSignature } from "../support/trigger";

const { server, live } = useGithubServer();

const connection = (fields: Record<string, unknown> = {}) => ({
  key: "providerApi",
  configVarKey: "GitHub API",
  fields: { baseUrl: server().url, token: "ghp_0123456789abcdef", ...fields },
});

const paramsOf = (more: Record<string, unknown> = {}) => ({
  connection: connection(),
  owner: "octocat",
  repository: "hello-world",
  events: ["issues", "push"],
  enabled: "true",
  ...more,
});

const issue = JSON.stringify({ action: "opened", issue: { number: 1 }, repository: { id: 2 } });
const headersFor = (secret: string) => ({
  "X-GitHub-Event": "issues",
  "X-GitHub-Delivery": "72d3162e",
  "X-Hub-Signature-256": githubSignature(issue, secret),
});

it("subscribes on deploy, verifies deliveries, and unsubscribes on delete", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.deploy();
  expect(live()).toMatchObject([{ events: ["issues", "push"], enabled: true }]);
  const [{ endpointUrl = "", secret = "" } = {}] = live();
  expect(endpointUrl.startsWith(`${ENDPOINT}?hookline=`)).toBe(true);
  const query = Object.fromEntries(new URL(endpointUrl).searchParams);

  const { branch, payload } = await instance.receive({
    headers: headersFor(secret),
    query,
    body: issue,
  });
  expect(branch).toBe("Notification");
  expect(payload.delivery).toMatchObject({
    provider: "github",
    verified: true,
    type: "issues.opened",
    id: "72d3162e",
  });
  await expect(
    instance.receive({ headers: headersFor("another secret"), query, body: issue }),
  ).rejects.toThrow("Webhook rejected: signature-mismatch");

  await instance.delete();
  expect(live()).toEqual([]);
  await expect(
    instance.receive({ headers: headersFor(secret), query, body: issue }),
  ).rejects.toThrow("Webhook rejected: secret-missing");
});

it("makes one look for each hook of a redeploy, and writes nothing", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.deploy();
  const before = server().calls.length;
  await instance.deploy();
  expect(
    server()
      .calls.slice(before)
      .map(({ method }) => method),
  ).toEqual(["GET", "GET"]);
});

it("keeps its subscription when the flow is renamed", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.deploy();
  const [before] = live();
  instance.rename("Another name");
  await instance.deploy();
  expect(live()).toEqual([before]);
});

it("deletes what was made, not what today's inputs say", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.deploy();
  await instance.delete(paramsOf({ repository: "another" }));
  expect(live()).toEqual([]);
});

it("has nothing to do on a delete without a deploy, and on a second one", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.delete();
  await instance.deploy();
  await instance.delete();
  await instance.delete();
  expect(live()).toEqual([]);
});

it("never keeps an instance from being deleted, and says what is left", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.deploy();
  const [{ id = "" } = {}] = live();
  await server().close();
  await instance.delete();
  expect(instance.logged.join("\n")).toMatch(
    new RegExp(`GitHub: 1 subscriptions could not be removed\\. Remove them by hand\\. ${id}`),
  );
}, 30_000);

it.each([
  ["wrong credentials", { token: "wrong" }, /check the connection/],
  ["no credentials", { token: "" }, /^Connection Provider API: fill in Token\./],
  ["an address that is not https", { baseUrl: "http://api.example.com" }, /https:\/\//],
] as const)("blames the connection for %s", async (_what, fields, message) => {
  const instance = createInstance({
    trigger: "githubWebhook",
    params: paramsOf({ connection: connection(fields) }),
  });
  const error = await instance.deploy().catch((thrown) => thrown);
  expect(error).toMatchObject({ connection: { configVarKey: "GitHub API" } });
  expect(error.message).toMatch(message);
  expect(instance.state()).toEqual({});
});

it.each([
  ["no event", { events: [] }, /choose at least one event/],
  [
    "an unknown repository",
    { repository: "nothing" },
    /^Could not list subscriptions.* Owner, Repository: /,
  ],
  [
    "a connection of another kind",
    { connection: { ...connection, key: "signingSecret", fields: {} } },
    /of the kind "Provider API"/,
  ],
] as const)("names the input for %s", async (_what, more, message) => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf(more) });
  await expect(instance.deploy()).rejects.toThrow(message);
});

it("refuses an endpoint that a provider on the internet could not reach", async () => {
  const params = paramsOf({ connection: connection({ baseUrl: "https://api.github.com" }) });
  const instance = createInstance({ trigger: "githubWebhook", params });
  await expect(instance.deploy()).rejects.toThrow(/^Endpoint URL: it does not start with https/);
});

it("writes no state when a delivery arrives", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.deploy();
  const [{ secret = "" } = {}] = live();
  const outcome = await instance.receive({ headers: headersFor(secret), body: issue });
  expect(outcome).not.toHaveProperty("crossFlowState");
});

it("starts anew where the flow subscribed at another provider before, and says what is left there", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.deploy();
  const [key = ""] = Object.keys(instance.state());
  const before = instance.state()[key] as { secret: string; subscriptions: { id: string }[] };
  instance.setState({ [key]: { ...before, provider: "gitlab" } });
  await instance.deploy();
  const after = instance.state()[key] as { provider: string; secret: string };
  expect(after.provider).toBe("github");
  expect(after.secret).not.toBe(before.secret);
  expect(instance.logged.join("\n")).toContain(
    `subscribed at gitlab before. Remove its webhooks there by hand: ${before.subscriptions[0]?.id}`,
  );
});

it("keeps noted what it could not remove, so that the next delete finds it", async () => {
  const instance = createInstance({ trigger: "githubWebhook", params: paramsOf() });
  await instance.deploy();
  const refused = paramsOf({ connection: connection({ token: "revoked" }) });
  await instance.delete(refused);
  expect(live()).toHaveLength(1);
  const [kept] = Object.values(instance.state()) as { orphans: unknown[] }[];
  expect(kept?.orphans).toHaveLength(1);
  await instance.delete();
  expect(live()).toEqual([]);
  expect(Object.values(instance.state())).toEqual([null]);
});
