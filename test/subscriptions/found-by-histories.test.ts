import { readSecrets } from "../../src/subscriptions/record";
import { type ApiShape, TOKEN, wishes } from "../support/api-shapes/api-shape";
import { createOnly, createOnlyOnce } from "../support/api-shapes/create-only";
import { defineExpiring, expiringUntold } from "../support/api-shapes/expiring";
import { listAndUpdate } from "../support/api-shapes/list-and-update";
import { nameKeyed } from "../support/api-shapes/name-keyed";
import { noList } from "../support/api-shapes/no-list";
import { secretReturned } from "../support/api-shapes/secret-returned";
import {
  createWorld,
  type Fault,
  type ReceivedCall,
  type World,
} from "../support/subscription-world";

const HOUR = 3_600_000;
const [first, switchedOff, elsewhere, filtered] = wishes;
const OTHER_ENDPOINT = "https://hooks.example.com/trigger/U29tZW5ld1BsYWNl";

const toWorld = ({ subscription, createApi }: Pick<ApiShape, "subscription" | "createApi">) =>
  createWorld({
    provider: { id: "shape", subscription },
    fields: { token: TOKEN },
    createApi,
  });

const status = (code: number): Fault => ({ kind: "status", status: code });

/** Fails the calls with this method, the first of them or all. */
const failAt = (world: World, method: ReceivedCall["method"], fault: Fault, times = 100): void => {
  let left = times;
  world.fail((call) => {
    if (call.method !== method || left === 0) return undefined;
    left -= 1;
    return fault;
  });
};

const liveIds = (world: World) => world.live().map(({ id }) => id);
const topicsOf = (world: World) => world.live().flatMap(({ events }) => events);

describe("a record that is older than what is there", () => {
  it("still leads to a place: what it does not know there is looked for", async () => {
    const world = toWorld(createOnly);
    await world.deploy(first);
    await world.deploy(filtered, { crashBeforeSave: true });
    await world.deploy(elsewhere);
    expect(topicsOf(world).sort()).toEqual(["closed", "merged"]);
    expect(await world.remove(elsewhere)).toEqual([]);
    expect(world.live()).toEqual([]);
  });

  it("still leads to an endpoint: what it does not know there is ours all the same", async () => {
    const world = toWorld(secretReturned);
    await world.deploy(first);
    for (const id of liveIds(world)) world.api.removeByHand(id);
    await world.deploy(first, { crashBeforeSave: true });
    await world.deploy(first, { endpointUrl: OTHER_ENDPOINT });
    expect(world.live().map(({ endpointUrl }) => endpointUrl.split("?")[0])).toEqual([
      OTHER_ENDPOINT,
    ]);
  });

  it("leads to nobody else's endpoint", async () => {
    const world = toWorld(listAndUpdate);
    await world.deploy(first);
    const mark = new URL(world.live()[0]!.endpointUrl).search;
    const stranger = world.api.addStranger(`https://other.example.net/hook${mark}`);
    await world.deploy(first, { endpointUrl: OTHER_ENDPOINT });
    await world.remove(first);
    expect(liveIds(world)).toEqual([stranger]);
  });
});

describe("one name in two places", () => {
  it("is two subscriptions: the one that was left is removed", async () => {
    const world = toWorld(nameKeyed);
    await world.deploy({ ...first, events: ["opened"] });
    await world.deploy({ ...first, events: ["opened"], place: "two" });
    expect(world.live()).toHaveLength(1);
    expect(await world.remove(first)).toEqual([]);
    expect(world.live()).toEqual([]);
  });
});

describe("what cannot be removed when the place changes", () => {
  it("stays noted, and the next deploy removes it", async () => {
    const world = toWorld(listAndUpdate);
    await world.deploy(first);
    failAt(world, "DELETE", status(403));
    const { orphans } = await world.deploy(elsewhere);
    expect(orphans).toMatchObject([
      { scope: { place: "one" }, reason: expect.stringContaining("answered 403") },
    ]);
    world.heal();
    expect((await world.deploy(elsewhere)).orphans).toEqual([]);
    expect(world.live()).toHaveLength(1);
  });
});

describe("a look that does not show everything", () => {
  it("does not keep a delete from removing what was noted", async () => {
    const world = toWorld(listAndUpdate);
    for (let count = 0; count < 3; count++) world.api.addStranger("https://other.example.net/hook");
    await world.deploy(first);
    failAt(world, "GET", { kind: "repeated-page" });
    expect(await world.remove(first)).toEqual([]);
    expect(world.live()).toHaveLength(3);
  });

  it("may show one twice, which is no reason to remove it", async () => {
    const { subscription } = listAndUpdate;
    const list = subscription.list!;
    const world = toWorld({
      createApi: listAndUpdate.createApi,
      subscription: {
        ...subscription,
        list: {
          ...list,
          read: (...given) => {
            const { items, ...page } = list.read(...given);
            return { ...page, items: items.flatMap((item) => [item, { ...item, enabled: true }]) };
          },
        },
      },
    });
    await world.deploy(first);
    const calls = world.calls.length;
    await world.deploy(first);
    expect(world.calls.slice(calls).map(({ method }) => method)).toEqual(["GET"]);
    expect(world.live()).toHaveLength(1);
  });

  it("that fails after all is live leaves the deploy a success", async () => {
    const world = toWorld(createOnly);
    await world.deploy({ ...first, events: ["opened"] });
    let gets = 0;
    world.fail(({ method }) => {
      gets += method === "GET" ? 1 : 0;
      if (method === "DELETE") return status(503);
      return gets > 1 ? status(503) : undefined;
    });
    const record = await world.deploy({ ...filtered, events: ["opened"] });
    expect(record.subscriptions).toHaveLength(2);
    world.heal();
    await world.deploy({ ...filtered, events: ["opened"] });
    expect(world.live()).toHaveLength(1);
  });
});

describe("one of ours that somebody made their own", () => {
  it("is theirs: a delete leaves it", async () => {
    const world = toWorld(listAndUpdate);
    await world.deploy(first);
    const [{ id } = { id: "" }] = world.live();
    world.api.handle(
      {
        method: "PUT",
        path: `/places/one/hooks/${id}`,
        baseUrl: "https://api.shapes.example.com",
        headers: { authorization: `Bearer ${TOKEN}` },
        query: {},
        body: { json: { url: "https://other.example.net/hook", events: ["opened"] } },
      },
      world.now(),
    );
    expect(await world.remove(first)).toEqual([]);
    expect(liveIds(world)).toEqual([id]);
  });
});

describe("a provider without a list", () => {
  it("is told gone from unclear: what a person removed is made anew", async () => {
    const world = toWorld(noList);
    await world.deploy(first);
    for (const id of liveIds(world)) world.api.removeByHand(id);
    await world.deploy(filtered);
    expect(topicsOf(world).sort()).toEqual(["closed", "opened"]);
  });

  it("may be asked to update again, because that does no harm", async () => {
    const world = toWorld(noList);
    await world.deploy(first);
    failAt(world, "PUT", { kind: "answer-lost" }, 7);
    await world.deploy(filtered);
    expect(world.live()).toHaveLength(2);
  });

  it("that asks to slow down has made nothing, so creating is tried again", async () => {
    const world = toWorld(noList);
    failAt(world, "POST", { kind: "status", status: 429, headers: { "retry-after": "1" } }, 6);
    await world.deploy(first);
    expect(world.live()).toHaveLength(2);
  });

  it("that gives no clear answer to create is not asked twice, and a person is told", async () => {
    const world = toWorld(noList);
    failAt(world, "POST", { kind: "answer-lost" }, 1);
    await expect(world.deploy(first)).rejects.toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      retryable: true,
      message: expect.stringContaining("Look at the provider whether there is a subscription too"),
    });
    expect(world.calls.filter(({ method }) => method === "POST").length).toBeLessThanOrEqual(2);
    expect(world.live()).toHaveLength(1);
  });
});

describe("a name that is taken", () => {
  it("by somebody else is left alone, and the deploy says what to do", async () => {
    const world = toWorld(nameKeyed);
    await world.deploy(first);
    const before = world.live();
    world.setRecord(undefined);
    const error = await world
      .deploy(first, { endpointUrl: OTHER_ENDPOINT })
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "SUBSCRIPTION_FAILED" });
    expect(error.message).toContain("remove it at the provider if it is, and deploy again");
    expect(world.live()).toEqual(before);
    await world.deploy(first);
    expect(world.live()).toHaveLength(2);
  });
});

describe("an end that nobody tells", () => {
  it("is known from how long one lives", async () => {
    const world = toWorld(expiringUntold);
    const { subscriptions } = await world.deploy(first);
    const made = Date.parse(subscriptions[0]!.madeAt);
    expect(Date.parse(subscriptions[0]!.expiresAt!) - made).toBe(72 * HOUR);
    world.pass(37 * HOUR);
    await world.deploy(first);
    expect(world.live()[0]!.expiresAt!.getTime() - world.now().getTime()).toBeGreaterThan(
      71 * HOUR,
    );
  });

  it("is not known of one that was adopted, so it is renewed at once", async () => {
    const shape = defineExpiring("", {
      lifetimeHours: 72,
      tellsExpiry: false,
      isRenewable: true,
      makesSecret: false,
      isListed: true,
    });
    const world = toWorld(shape);
    await world.deploy(first);
    await world.deploy(filtered, { crashBeforeSave: true });
    world.pass(30 * HOUR);
    await world.deploy(filtered);
    world.pass(43 * HOUR);
    expect(world.live()).toHaveLength(1);
  });
});

describe("a replacement", () => {
  it("is not replaced itself when the removal of the old one is unclear", async () => {
    const shape = defineExpiring("", {
      lifetimeHours: 72,
      tellsExpiry: false,
      isRenewable: false,
      makesSecret: true,
      isListed: false,
    });
    const world = toWorld(shape);
    await world.deploy(first);
    world.pass(40 * HOUR);
    failAt(world, "DELETE", { kind: "answer-lost" }, 3);
    const record = await world.deploy(first);
    expect(world.calls.filter(({ method }) => method === "POST")).toHaveLength(2);
    expect(world.live().map(({ secret }) => secret)).toEqual([readSecrets(record)[0]]);
  });
});

describe("a refusal that repeats what was sent", () => {
  it.each([listAndUpdate, createOnlyOnce, nameKeyed, noList, secretReturned])(
    "tells no secret: $name",
    async (shape) => {
      const world = toWorld(shape);
      const { secret, subscriptions } = await world.deploy(first);
      for (const method of ["POST", "PUT", "DELETE"] as const) {
        failAt(world, method, { kind: "echo", status: 400 });
        const error = await world.deploy(switchedOff).catch((thrown) => thrown);
        const said = [String(error), ...world.logged].join("\n");
        for (const own of [secret, ...subscriptions.map((entry) => entry.secret ?? "")])
          if (own !== "") expect(said).not.toContain(own);
        expect(said).not.toContain(TOKEN);
      }
    },
  );
});
