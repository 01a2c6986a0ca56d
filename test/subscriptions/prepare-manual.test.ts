import { HooklineError } from "../../src/errors";
import type { ApiAnswer, ApiRequest } from "../../src/http/api-request";
import { get } from "../../src/http/api-request";
import { defineManualSubscription } from "../../src/subscriptions/define-subscription";
import type { SubscriptionHost } from "../../src/subscriptions/host";
import {
  confirmManual,
  describeManualRemoval,
  prepareManual,
} from "../../src/subscriptions/prepare-manual";
import { readItems } from "../../src/subscriptions/read-answer";
import { readRecord, type SubscriptionRecord } from "../../src/subscriptions/record";
import type { Settings } from "../../src/subscriptions/setting";
import { list } from "../../src/subscriptions/setting";

const SECRET = "0123456789abcdef";
const ENDPOINT = "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE==";
const NOW = new Date("2026-01-01T00:00:00.000Z");
const LATER = new Date("2026-01-02T00:00:00.000Z");

const subscription = defineManualSubscription({
  kind: "manual",
  access: {
    connection: {
      key: "example",
      label: "Example",
      description: "An example",
      fields: { webhookSecret: { label: "Webhook Secret", comments: "A secret." } },
    },
    requires: ["key"],
    baseUrl: () => "https://api.example.com",
    headers: ({ key = "" }) => ({ "x-key": key }),
  },
  secretFields: ["webhookSecret", "previousWebhookSecret"],
  place: "Settings > Webhooks",
  inputs: {
    events: list({ label: "Events", comments: "The events.", example: "made" }),
    rooms: list({ label: "Rooms", comments: "The rooms.", example: "hall" }),
  },
  checks: [
    {
      listing: {
        request: () => get("/rooms"),
        read: ({ data }) => ({ items: readItems(data).map(String) }),
      },
      verify: (items, { rooms }) => {
        const unknown = (rooms as readonly string[]).find((room) => !items.includes(room));
        if (unknown !== undefined)
          throw new HooklineError("INPUT_INVALID", `Rooms: there is no ${unknown}.`);
      },
    },
  ],
  plan: ({ events }) => (events.length === 0 ? [] : [{ key: "webhook", events }]),
  instructions: ({ settings, endpointUrl }) => [
    `URL: ${endpointUrl}`,
    `Events: ${String(settings.events)}`,
    "Header X-Secret: the Webhook Secret of the connection",
  ],
});

interface Deploy {
  readonly settings?: Settings;
  readonly fields?: Record<string, string>;
  readonly endpointUrl?: string;
  readonly record?: SubscriptionRecord;
  readonly answer?: (request: ApiRequest) => ApiAnswer;
}

const settings = { events: ["made"], rooms: ["hall"] };
const rooms = (): ApiAnswer => ({ status: 200, headers: new Map(), data: ["hall", "yard"] });

const deploy = async ({ record, answer = rooms, ...given }: Deploy = {}) => {
  const logged: string[] = [];
  const calls: ApiRequest[] = [];
  const host: SubscriptionHost = {
    connect: () => async (request) => {
      calls.push(request);
      return answer(request);
    },
    now: () => NOW,
    wait: async () => undefined,
    makeSecret: () => "made by us",
    makePass: () => "",
    log: (message) => logged.push(message),
    deadline: new Date(NOW.getTime() + 20_000),
  };
  const wish = {
    provider: "example",
    settings,
    fields: { key: "k", webhookSecret: SECRET },
    endpointUrl: ENDPOINT,
    owner: "instance-1:flow-1",
    ...given,
  };
  const kept = await prepareManual(subscription, wish, record, host);
  return { record: kept, said: logged.join("\n"), calls };
};

describe("a first deploy", () => {
  it("tells where and what to type in, and never the secret", async () => {
    const { said } = await deploy();
    expect(said).toContain("Settings > Webhooks");
    expect(said).toContain(`URL: ${ENDPOINT}`);
    expect(said).toContain("Events: made");
    expect(said).toContain("the Webhook Secret of the connection");
    expect(said).not.toContain(SECRET);
  });

  it("keeps a record that holds no secret and waits to be confirmed", async () => {
    const { record } = await deploy();
    expect(readRecord(JSON.parse(JSON.stringify(record)))).toEqual({
      version: 1,
      provider: "example",
      endpointUrl: ENDPOINT,
      owner: "instance-1:flow-1",
      settings,
      secret: "",
      subscriptions: [],
      retired: [],
      orphans: [],
    });
  });

  it("does not log the query of an endpoint, which may hold a key", async () => {
    const { said } = await deploy({ endpointUrl: `${ENDPOINT}?key=do-not-tell` });
    expect(said).toContain(`URL: ${ENDPOINT} and the query`);
    expect(said).not.toContain("do-not-tell");
  });

  it("changes nothing at the provider", async () => {
    const { calls } = await deploy();
    expect(calls.map(({ method }) => method)).toEqual(["GET"]);
  });
});

describe("what cannot work", () => {
  it.each([
    ["no event", { settings: { ...settings, events: [] } }, "INPUT_INVALID", "at least one event"],
    ["an endpoint on http", { endpointUrl: "http://a.example.com/" }, "INPUT_INVALID", "https"],
    ["a private endpoint", { endpointUrl: "https://10.0.0.1/" }, "INPUT_INVALID", "not public"],
    ["a missing endpoint", { endpointUrl: "" }, "INPUT_INVALID", "Endpoint URL"],
    [
      "a room that is not there",
      { settings: { ...settings, rooms: ["loft"] } },
      "INPUT_INVALID",
      "Rooms: there is no loft",
    ],
    ["no key", { fields: { webhookSecret: SECRET } }, "CONNECTION_INVALID", "key"],
  ])("is refused: %s", async (_name, given, code, words) => {
    const attempt = deploy(given);
    await expect(attempt).rejects.toMatchObject({ code });
    await expect(attempt).rejects.toThrow(words);
  });

  it.each([
    ["none", undefined],
    ["an empty one", ""],
    ["a short one", "0123456789abcde"],
    ["one with a space, which a header may lose", "0123456789 abcdef"],
    ["one that no header can carry", "größe-größe-größe"],
  ])("is refused: a secret that is %s, with advice how to make one", async (_name, secret) => {
    const fields = { key: "k", ...(secret !== undefined && { webhookSecret: secret }) };
    const error = await deploy({ fields }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).toMatch(/Webhook Secret.*16.*openssl rand -hex 32/);
    if (secret) expect(error.message).not.toContain(secret);
  });

  it("is refused: a key that the provider does not take", async () => {
    const answer = () => ({ status: 401, headers: new Map(), data: { message: "no" } });
    await expect(deploy({ answer })).rejects.toMatchObject({ code: "CONNECTION_INVALID" });
  });
});

describe("a later deploy", () => {
  const confirmed = async () => confirmManual((await deploy()).record, LATER)!;

  it("tells again what to type in as long as nothing was delivered", async () => {
    const { record } = await deploy();
    expect((await deploy({ record })).said).toContain(`URL: ${ENDPOINT}`);
  });

  it("has nothing to type in once a delivery was verified, and asks the provider nothing", async () => {
    const record = await confirmed();
    const again = await deploy({ record: JSON.parse(JSON.stringify(record)) });
    expect(again.record).toEqual(record);
    expect(again.calls).toEqual([]);
    expect(again.said).toContain(LATER.toISOString());
    expect(again.said).not.toContain("URL:");
  });

  it("knows settings again whose members come in another order", async () => {
    const record = { ...(await confirmed()), settings: { rooms: ["hall"], events: ["made"] } };
    expect((await deploy({ record })).record.confirmedAt).toBe(LATER.toISOString());
  });

  it.each<[string, Deploy]>([
    ["events", { settings: { ...settings, events: ["made", "lost"] } }],
    ["rooms", { settings: { ...settings, rooms: ["yard"] } }],
    ["endpoint", { endpointUrl: "https://hooks.example.com/trigger/other" }],
  ])("starts over when the %s changed", async (_name, changed) => {
    const { record, said } = await deploy({ ...changed, record: await confirmed() });
    expect(record).not.toHaveProperty("confirmedAt");
    expect(said).toContain("URL:");
  });

  it("starts over after another provider's trigger", async () => {
    const record = { ...(await confirmed()), provider: "other" };
    expect((await deploy({ record })).record).not.toHaveProperty("confirmedAt");
  });
});

describe("the first verified delivery", () => {
  it("confirms the set-up, once", async () => {
    const { record } = await deploy();
    const confirmed = confirmManual(record, LATER);
    expect(confirmed).toEqual({ ...record, confirmedAt: LATER.toISOString() });
    expect(confirmManual(confirmed!, new Date())).toBeUndefined();
  });
});

it("a removal tells a person what is left to do, without the endpoint's query", () => {
  const said = describeManualRemoval(subscription, `${ENDPOINT}?key=do-not-tell`).join("\n");
  expect(said).toContain("Settings > Webhooks");
  expect(said).toContain(ENDPOINT);
  expect(said).not.toContain("do-not-tell");
});
