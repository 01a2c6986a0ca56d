import type { ApiAnswer } from "../../src/http/api-request";
import type { Settings } from "../../src/subscriptions/setting";
import type { ApiSubscription } from "../../src/subscriptions/subscription";
import { type ApiShape, TOKEN, wishes } from "../support/api-shapes/api-shape";
import { createOnly, createOnlyOnce } from "../support/api-shapes/create-only";
import { listAndUpdate } from "../support/api-shapes/list-and-update";
import { nameKeyed } from "../support/api-shapes/name-keyed";
import { noList } from "../support/api-shapes/no-list";
import { secretReturned } from "../support/api-shapes/secret-returned";
import { answer, createWorld, type ReceivedCall } from "../support/subscription-world";

const [settings] = wishes;
const BASE = "https://api.shapes.example.com";

interface Changes {
  readonly subscription?: Partial<ApiSubscription>;
  /** What the API answers instead of its own. */
  readonly instead?: (call: ReceivedCall, given: ApiAnswer) => ApiAnswer;
  readonly fields?: Readonly<Record<string, string>>;
}

const toWorld = (
  { subscription, createApi }: ApiShape,
  { subscription: changes = {}, instead = (_call, given) => given, fields = {} }: Changes = {},
) => {
  const api = createApi();
  return createWorld({
    provider: { id: "shape", subscription: { ...subscription, ...changes } },
    fields: { token: TOKEN, ...fields },
    createApi: () => ({ ...api, handle: (call, now) => instead(call, api.handle(call, now)) }),
  });
};

const withoutBody = ({ method }: ReceivedCall, given: ApiAnswer): ApiAnswer =>
  method === "POST" ? answer(given.status) : given;

describe("before anything is called", () => {
  it.each<[string, Settings, string, Changes]>([
    ["no event", { ...settings, events: [] }, "INPUT_INVALID", {}],
    ["no token", settings, "CONNECTION_INVALID", { fields: { token: "" } }],
    ["an open line", settings, "CONNECTION_INVALID", { fields: { baseUrl: "http://a.example" } }],
  ])("%s is refused", async (_name, given, code, changes) => {
    const world = toWorld(nameKeyed, changes);
    await expect(world.deploy(given)).rejects.toMatchObject({ code, retryable: false });
    expect(world.calls).toEqual([]);
  });

  it("an endpoint that is not public is refused", async () => {
    const world = toWorld(nameKeyed);
    const deploy = world.deploy(settings, { endpointUrl: "https://10.0.0.1/trigger" });
    await expect(deploy).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(/^Endpoint URL: 10\.0\.0\.1 is not public/),
    });
    expect(world.calls).toEqual([]);
  });
});

describe("a secret of ours", () => {
  it("is made once, of 32 bytes, and stays on every deploy", async () => {
    const world = toWorld(listAndUpdate);
    const { secret } = await world.deploy(settings);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect((await world.deploy({ ...settings, events: ["merged"] })).secret).toBe(secret);
    expect(world.live()).toMatchObject([{ secret }]);
    expect(world.secrets).toEqual([secret]);
  });

  it("is made anew where it is lost, and given to what is there", async () => {
    const world = toWorld(listAndUpdate);
    const first = await world.deploy(settings);
    world.setRecord(undefined);
    const { secret, subscriptions } = await world.deploy(settings);
    expect(secret).not.toBe(first.secret);
    expect(subscriptions.map(({ id }) => id)).toEqual(first.subscriptions.map(({ id }) => id));
    expect(world.live()).toMatchObject([{ secret }]);
  });
});

describe("an answer to create", () => {
  it("without an id sends us to look in the list", async () => {
    const world = toWorld(listAndUpdate, { instead: withoutBody });
    const { subscriptions } = await world.deploy(settings);
    expect(subscriptions.map(({ id }) => id)).toEqual(world.live().map(({ id }) => id));
    expect(world.calls.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
  });

  it("without an id is an error where there is no list", async () => {
    const world = toWorld(noList, { instead: withoutBody });
    await expect(world.deploy({ ...settings, events: ["opened"] })).rejects.toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      message: expect.stringContaining('"opened" and its answer holds no id. Look for it'),
    });
  });

  it("without an id is an error where the list does not show what it made", async () => {
    const world = toWorld(listAndUpdate, {
      instead: (call, given) =>
        call.method === "GET" ? answer(200, { hooks: [] }) : withoutBody(call, given),
    });
    await expect(world.deploy(settings)).rejects.toMatchObject({
      message: expect.stringContaining("holds no id"),
    });
    expect(world.calls.filter(({ method }) => method === "POST")).toHaveLength(2);
  });

  it("without the secret that only the provider knows is an error, and is taken back", async () => {
    const world = toWorld(secretReturned, {
      instead: ({ method }, given) =>
        method === "POST" ? { ...given, data: { ...Object(given.data), secret: "" } } : given,
    });
    await expect(world.deploy(settings)).rejects.toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      message: expect.stringContaining("holds no signing secret"),
    });
    expect(world.live()).toEqual([]);
  });
});

describe("a subscription that the provider says exists already", () => {
  it("is looked for, and adopted where the first look did not show it", async () => {
    const world = toWorld(createOnlyOnce);
    for (let count = 0; count < 4; count++) world.api.addStranger("https://other.example.net/hook");
    await world.deploy(settings);
    const before = world.live();
    let gets = 0;
    world.fail(({ method }) => {
      gets += method === "GET" ? 1 : 0;
      return method === "GET" && gets === 2 ? { kind: "repeated-page" } : undefined;
    });
    const { subscriptions } = await world.deploy(settings);
    expect(world.live()).toEqual(before);
    expect(subscriptions.map(({ key }) => key).sort()).toEqual(["closed", "opened"]);
  });

  it("is made after all where a second look shows none", async () => {
    const world = toWorld(listAndUpdate);
    let posts = 0;
    world.fail(({ method }) => {
      posts += method === "POST" ? 1 : 0;
      return method === "POST" && posts === 1 ? { kind: "status", status: 409 } : undefined;
    });
    await world.deploy(settings);
    expect(world.live()).toHaveLength(1);
  });

  it.each([
    [409, ""],
    [422, { message: "address has already been taken" }],
    [400, { error: "Duplicate subscription" }],
  ])("is somebody else's in the end: %i %j", async (status, data) => {
    const world = toWorld(listAndUpdate, {
      instead: ({ method }) =>
        method === "POST" ? answer(status, data) : answer(200, { hooks: [] }),
    });
    await expect(world.deploy(settings)).rejects.toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      message: expect.stringContaining("There is one already that is not known as this flow's"),
    });
    expect(world.calls.filter(({ method }) => method === "POST")).toHaveLength(2);
  });
});

describe("a deploy that fails half way", () => {
  const refuseSecond = (more?: (call: ReceivedCall) => boolean) => {
    let posts = 0;
    return (call: ReceivedCall) => {
      if (more?.(call)) return { kind: "status", status: 403 } as const;
      posts += call.method === "POST" ? 1 : 0;
      return call.method === "POST" && posts === 2
        ? ({ kind: "status", status: 400 } as const)
        : undefined;
    };
  };

  it("takes back what it made, and nothing else", async () => {
    const world = toWorld(createOnly);
    await world.deploy({ ...settings, events: ["merged"] });
    const before = world.live();
    const record = world.record();
    world.fail(refuseSecond());
    const events = ["merged", "opened", "closed"];
    await expect(world.deploy({ ...settings, events })).rejects.toMatchObject({
      message: expect.stringMatching(/^Could not create subscription "(opened|closed)": .* 400\.$/),
    });
    expect(world.live()).toEqual(before);
    expect(world.record()).toEqual(record);
  });

  it("names what it could not take back", async () => {
    const world = toWorld(createOnly);
    world.fail(refuseSecond(({ method }) => method === "DELETE"));
    const error = await world.deploy(settings).catch((thrown) => thrown);
    const [{ id } = { id: "" }] = world.live();
    expect(error.message).toContain(
      `Left at the provider: ${id}. The next deploy takes care of it`,
    );
    world.heal();
    await world.deploy(settings);
    expect(world.live()).toHaveLength(2);
  });
});

describe("a delete", () => {
  it("goes by what was made, not by today's settings", async () => {
    const world = toWorld(listAndUpdate);
    await world.deploy(settings);
    expect(await world.remove({ ...settings, place: "two", events: [] })).toEqual([]);
    expect(world.live()).toEqual([]);
  });

  it("reports what was made at another server, and calls that one never", async () => {
    const world = toWorld(listAndUpdate);
    const { subscriptions, ...record } = await world.deploy(settings);
    const baseUrl = "https://old.example.com";
    world.setRecord({
      ...record,
      subscriptions: subscriptions.map((entry) => ({ ...entry, baseUrl })),
    });
    const left = await world.remove({ ...settings, place: "two" });
    expect(left).toMatchObject([{ baseUrl, reason: expect.stringContaining("remove it by hand") }]);
    expect(world.calls.every((call) => call.baseUrl === BASE)).toBe(true);
  });

  it("never throws, not even without credentials", async () => {
    const world = toWorld(listAndUpdate);
    const { subscriptions } = await world.deploy(settings);
    world.fail(() => ({ kind: "unreachable" }));
    const [{ id } = { id: "" }] = subscriptions;
    expect(await world.remove(settings)).toMatchObject([
      { id, reason: "The provider gave no clear answer." },
    ]);
    const without = toWorld(listAndUpdate, { fields: { token: "" } });
    without.setRecord((await toWorld(listAndUpdate).deploy(settings)) as never);
    expect(await without.remove(settings)).toMatchObject([
      { reason: "Connection Provider API: fill in Token." },
    ]);
  });

  it("says in the log where it could not look", async () => {
    const world = toWorld(listAndUpdate);
    await world.deploy(settings);
    world.fail(({ method }) => (method === "GET" ? { kind: "status", status: 403 } : undefined));
    expect(await world.remove(settings)).toEqual([]);
    expect(world.live()).toEqual([]);
    expect(world.logged.join("\n")).toContain("Could not look for subscriptions. Could not list");
  });
});

describe("a connection that points to another server", () => {
  it("is sent no credentials of the old one: what is there is reported, and made anew", async () => {
    const world = toWorld(listAndUpdate);
    const { subscriptions, ...record } = await world.deploy(settings);
    for (const { id } of world.live()) world.api.removeByHand(id);
    const baseUrl = "https://old.example.com";
    world.setRecord({
      ...record,
      subscriptions: subscriptions.map((entry) => ({ ...entry, baseUrl })),
    });
    const after = await world.deploy(settings);
    expect(after.orphans).toMatchObject([
      { baseUrl, reason: expect.stringContaining(`It was made at ${baseUrl}`) },
    ]);
    expect(after.subscriptions).toMatchObject([{ baseUrl: BASE }]);
    expect(world.calls.every((call) => call.baseUrl === BASE)).toBe(true);
  });
});

it("checks are made before something changes, and not when all is as wanted", async () => {
  const looked: (readonly string[])[] = [];
  const world = toWorld(nameKeyed, {
    subscription: {
      checks: [
        {
          listing: {
            request: ({ scope }) => ({ method: "GET", path: `/places/${scope.place}/hooks` }),
            read: () => ({ items: ["opened"] }),
          },
          verify: (items) => looked.push(items),
        },
      ],
    },
  });
  await world.deploy(settings);
  expect(looked).toEqual([["opened"]]);
  await world.deploy(settings);
  expect(looked).toHaveLength(1);
});
