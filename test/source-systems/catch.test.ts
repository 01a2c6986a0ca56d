import component from "../../src";
import { heartcore } from "../../src/providers/heartcore";
import { createGithubApi } from "../fixtures/apis/github-api";
import { type ApiServer, serveApi } from "../support/api-server";
import { createInstance, ENDPOINT } from "../support/instance";
import { githubSignature, SECRET, signingSecret, type TriggerOutcome } from "../support/trigger";
import { answerBy, createHeartcoreWorld, listen } from "./heartcore-world";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A flow that catches raw webhooks, with an endpoint over HTTP. */
const catchRaw = async (params: Record<string, unknown> = {}) => {
  const instance = createInstance({ trigger: "catchRawWebhook", params });
  const outcomes: TriggerOutcome[] = [];
  const endpoint = await listen(answerBy(instance, outcomes));
  closers.push(endpoint.close);
  const send = (body: string | Buffer, headers: Record<string, string> = {}, method = "POST") =>
    fetch(endpoint.url, {
      method,
      headers,
      ...(method !== "GET" && { body: body as string }),
      redirect: "manual",
    });
  return { instance, outcomes, send };
};

const signed = {
  signature: "hmac",
  signingSecret: signingSecret(),
  signatureHeader: "X-Hub-Signature-256",
  signaturePrefix: "sha256=",
};

const json = { "content-type": "application/json" };
const withSignature = (body: string, secret = SECRET) => ({
  ...json,
  "x-hub-signature-256": githubSignature(body, secret),
});

const github = async () => {
  const api = createGithubApi();
  const server: ApiServer = await serveApi(api);
  closers.push(server.close);
  const connection = {
    key: "providerApi",
    configVarKey: "GitHub API",
    fields: { baseUrl: server.url, token: "ghp_0123456789abcdef" },
  };
  const params = {
    connection,
    owner: "octocat",
    repository: "hello-world",
    events: ["issues"],
    enabled: "true",
  };
  return {
    api,
    server,
    connection,
    params,
    live: () => api.live(new Date()),
    instance: createInstance({ trigger: "githubWebhook", params }),
  };
};

const webhookTriggers = Object.entries(component.triggers).filter(([, trigger]) =>
  /webhook/i.test(trigger.display.label),
);

it.each(webhookTriggers)(
  "003-1 %s reacts to what happens, and asks for no schedule",
  (_key, trigger) => {
    expect(trigger.scheduleSupport).toBe("invalid");
  },
);

it("003-2 an event in the source is an HTTP POST to the URL that the receiver set up", async () => {
  const world = await createHeartcoreWorld();
  closers.push(world.close);
  world.typeIn();
  await world.standIn.fire("content.publish");
  expect(world.endpoint.arrivals).toMatchObject([
    { method: "POST", path: new URL(world.endpoint.url).pathname },
  ]);
  expect(world.outcomes).toHaveLength(1);
});

it.each<[string, string, string | Buffer, unknown]>([
  ["JSON", "application/json", '{"a":1}', { a: 1 }],
  ["JSON of a kind", "application/vnd.api+json", '{"a":1}', { a: 1 }],
  ["a form", "application/x-www-form-urlencoded", "a=1", { a: "1" }],
  ["XML", "text/xml", "<order><id>7</id></order>", { order: { id: "7" } }],
  ["text", "text/plain", "a message", "a message"],
  ["bytes", "application/octet-stream", Buffer.from([0, 255]), Buffer.from([0, 255])],
])("003-3 a payload may be a message or data: %s", async (_name, contentType, body, expected) => {
  const { instance } = await catchRaw();
  const { payload } = await instance.receive({
    headers: { "content-type": contentType },
    body: body as string,
  });
  expect(payload.body.data).toEqual(expected);
});

it("003-4 the listener hands the data to what the developer set for its branch", async () => {
  const { instance } = await catchRaw({ ...signed, onRejection: "respond" });
  const acted: unknown[] = [];
  const steps: Record<string, (data: unknown) => void> = {
    Notification: (data) => acted.push({ create: data }),
    Rejected: (data) => acted.push({ alert: data }),
  };
  const body = '{"invoice":7}';
  for (const secret of [SECRET, "a stranger's"]) {
    const { branch, payload } = await instance.receive({
      headers: withSignature(body, secret),
      body,
    });
    steps[branch]?.(payload.body.data);
  }
  expect(acted).toEqual([{ create: { invoice: 7 } }, { alert: null }]);
});

it.each<[string, string, string | Buffer, Record<string, string>]>([
  ["a POST", "POST", '{"a":1}', json],
  ["a PUT", "PUT", "a=1", { "content-type": "application/x-www-form-urlencoded" }],
  ["a PATCH of nothing", "PATCH", "", {}],
  ["a GET", "GET", "", {}],
  ["JSON that is none", "POST", "{", json],
  ["XML that is none", "POST", "<a>", { "content-type": "application/xml" }],
  ["bytes of no type", "POST", Buffer.from([0, 1, 254, 255]), {}],
])("003-6 Catch Raw Webhook fires on %s", async (_name, method, body, headers) => {
  const { send, outcomes } = await catchRaw();
  expect((await send(body, headers, method)).status).toBe(200);
  expect(outcomes).toMatchObject([
    { branch: "Notification", payload: { delivery: { verified: false } } },
  ]);
});

it("003-7 the answer has the status, headers and body that the builder wants", async () => {
  const { send } = await catchRaw({
    responseStatus: "202",
    responseContentType: "application/json",
    responseHeaders: [{ key: "X-Received-By", value: "hookline" }],
    responseBody: '{"got":"{json:id}"}',
  });
  const answer = await send('{"id":"a-1"}', json);
  expect(answer.status).toBe(202);
  expect(answer.headers.get("x-received-by")).toBe("hookline");
  expect(await answer.json()).toEqual({ got: "a-1" });
});

it.each(webhookTriggers)(
  "003-7 %s may be answered at once, or by the flow when it is done",
  (_key, trigger) => {
    expect(trigger.synchronousResponseSupport).toBe("valid");
  },
);

it("004-1 a webhook triggers the flow of its instance, so that a change can be mirrored", async () => {
  const world = await createHeartcoreWorld();
  closers.push(world.close);
  world.typeIn();
  const mirror = new Map<unknown, unknown>();
  const change = async (event: string) => {
    await world.standIn.fire(event);
    const delivery = world.deliveries().at(-1);
    const { connection } = world;
    const fetched = await world.instance.act("fetchRecord", { connection, delivery });
    if (fetched.gone) mirror.delete(delivery?.orderingKey);
    else mirror.set(delivery?.orderingKey, fetched.record);
  };
  await change("content.publish");
  expect([...mirror.values()]).toMatchObject([{ name: "Products" }]);
  await change("content.unpublish");
  expect(mirror.size).toBe(0);
});

it("004-2 an event is named object.action, and the provider's own header stays beside it", async () => {
  const { instance, live } = await github();
  await instance.deploy();
  const body = '{"action":"opened","issue":{"number":1},"repository":{"id":2}}';
  const [{ secret = "" } = {}] = live();
  const headers = { ...withSignature(body, secret), "x-github-event": "issues" };
  const { payload } = await instance.receive({ headers, body });
  expect(payload.delivery.type).toBe("issues.opened");
  expect(payload.headers).toMatchObject({ "x-github-event": "issues" });
  for (const type of Object.keys(heartcore.samples)) expect(type).toMatch(/^\w+\.\w+$/);
});

it("004-3, 004-9 the flow's own trigger URL is what the source app is given", async () => {
  const { instance, live } = await github();
  await instance.deploy();
  const [{ endpointUrl = "" } = {}] = live();
  expect(endpointUrl.split("?")[0]).toBe(ENDPOINT);
});

it.each([
  ["JSON", "application/json", '{"object":{"id":"7"}}'],
  ["XML", "application/xml", "<object><id>7</id></object>"],
])("004-4 a payload in %s is read the same way", async (_name, contentType, body) => {
  const { send, outcomes } = await catchRaw({ eventId: "{json:object.id}" });
  await send(body, { "content-type": contentType });
  expect(outcomes[0]?.payload.body.data).toEqual({ object: { id: "7" } });
  expect(outcomes[0]?.payload.delivery.id).toBe("7");
});

it("004-5 a payload with the id alone is completed, and gone where there is no record", async () => {
  const world = await createHeartcoreWorld();
  closers.push(world.close);
  world.typeIn();
  await world.standIn.fire("content.unpublish");
  const [delivery] = world.deliveries();
  const fetchIt = () =>
    world.instance.act("fetchRecord", { connection: world.connection, delivery });
  expect(await fetchIt()).toEqual({ record: null, gone: true });
  await world.standIn.fire("content.publish");
  expect(await fetchIt()).toMatchObject({ record: { name: "Products" }, gone: false });
});

it("004-6 the sender is checked by an HMAC over the raw body, and one changed byte is refused", async () => {
  const { instance } = await catchRaw(signed);
  const body = '{ "amount" : 10.0,"text":"größe" }';
  const { payload } = await instance.receive({ headers: withSignature(body), body });
  expect(payload.delivery.verified).toBe(true);
  const changed = body.replace("10.0", "10.00");
  await expect(instance.receive({ headers: withSignature(body), body: changed })).rejects.toThrow(
    "Webhook rejected: signature-mismatch",
  );
  await expect(instance.receive({ headers: json, body })).rejects.toThrow(
    "Webhook rejected: signature-missing",
  );
});

it.each<[string, Record<string, string>, string]>([
  ["its payload", { responseBody: "got {json:event.id}" }, "got 7"],
  ["its header", { responseBody: "{header:X-Request-Id}" }, "req-1"],
])("004-7 a reply can hold a message from %s", async (_name, params, expected) => {
  const { send } = await catchRaw({ ...params, responseContentType: "text/plain" });
  const answer = await send('{"event":{"id":7}}', { ...json, "x-request-id": "req-1" });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(expected);
});

it("004-7 a challenge is echoed as the source app expects", async () => {
  const { send, outcomes } = await catchRaw({ challenge: "echoBody", challengeField: "challenge" });
  const answer = await send('{"challenge":"3eZbrw1aBm2rZgRNFdxV"}', json);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("3eZbrw1aBm2rZgRNFdxV");
  expect(outcomes).toMatchObject([{ branch: "URL Verify" }]);
});

it("004-8 an app that wants nothing special gets HTTP 200", async () => {
  const { send } = await catchRaw();
  expect((await send("{}", json)).status).toBe(200);
});

it("004-10 a webhook is set up by the trigger's deploy hook, or by a set-up flow", async () => {
  const byHook = await github();
  await byHook.instance.deploy();
  expect(byHook.live()).toHaveLength(1);
  const byFlow = await github();
  await byFlow.instance.act("ensureSubscription", {
    provider: "github",
    connection: byFlow.connection,
    events: ["issues"],
    settings: [
      { key: "owner", value: "octocat" },
      { key: "repository", value: "hello-world" },
    ],
    endpointUrl: ENDPOINT,
  });
  expect(byFlow.live()).toMatchObject([{ events: ["issues"] }]);
});

it("004-11 deploying again makes no second one", async () => {
  const { instance, live, params } = await github();
  await instance.deploy();
  const before = live();
  await instance.deploy();
  expect(live()).toEqual(before);
  await instance.deploy({ ...params, events: ["push"] });
  expect(live()).toMatchObject([{ id: before[0]?.id, events: ["push"] }]);
});

it("004-12 deleting the instance removes ours and nobody else's, and what is gone is no error", async () => {
  const { instance, api, live } = await github();
  const stranger = api.addStranger("https://hooks.example.com/trigger/U3RyYW5nZXI=");
  await instance.deploy();
  await instance.delete();
  expect(live().map(({ id }) => id)).toEqual([stranger]);
  await instance.deploy();
  for (const { id } of live()) if (id !== stranger) api.removeByHand(id);
  await instance.delete();
  await instance.delete();
  expect(live().map(({ id }) => id)).toEqual([stranger]);
});

it("004-13 one trigger validates the HMAC and answers as the app expects", async () => {
  const { send, outcomes } = await catchRaw({
    ...signed,
    onRejection: "respond",
    responseStatus: "200",
    responseContentType: "application/json",
    responseBody: '{"received":"{json:id}"}',
  });
  const body = '{"id":"a-1"}';
  const good = await send(body, withSignature(body));
  const bad = await send(body, withSignature(body, "a stranger's"));
  expect([good.status, await good.json()]).toEqual([200, { received: "a-1" }]);
  expect([bad.status, await bad.text()]).toEqual([401, ""]);
  expect(outcomes.map(({ branch }) => branch)).toEqual(["Notification", "Rejected"]);
});

it("004-14 requests in quick succession run at once, each for itself", async () => {
  const { send, outcomes } = await catchRaw({
    ...signed,
    eventId: "{json:id}",
    responseBody: "{json:id}",
  });
  const ids = Array.from({ length: 40 }, (_, index) => String(index));
  const answers = await Promise.all(
    ids.map(async (id) => {
      const body = JSON.stringify({ id, padding: "x".repeat((Number(id) * 7919) % 5000) });
      return (await send(body, withSignature(body))).text();
    }),
  );
  expect(answers).toEqual(ids);
  expect(new Set(outcomes.map(({ payload }) => payload.delivery.id))).toEqual(new Set(ids));
});
