import { get } from "../../src/http/api-request";
import { umbraco } from "../../src/providers/umbraco";
import type { StandInDelivery } from "../../src/stand-ins/stand-in";
import { umbraco as standIn } from "../../src/stand-ins/umbraco";
import { readSecrets } from "../../src/subscriptions/record";
import { eventsOf, receive, verdictOf } from "../support/provider-deliveries";
import {
  API,
  connect,
  createSiteWorld,
  DELETE,
  MEDIA_SAVE,
  PUBLISH,
  settings,
  subscription,
} from "./umbraco-site";

const HOME = "c1922956-7855-4fa0-8f2c-7af149a92135";

/** One attempt at a delivery, as the flow takes it with these secrets. */
const attempt = (
  { url, headers, body }: StandInDelivery,
  secrets: readonly string[],
  count = 1,
  now = new Date("2026-01-01T00:00:00Z"),
) => {
  const all = { ...headers, ...standIn.retries.headers?.(count, now) };
  return receive(
    umbraco,
    { method: "POST", url, headers: all, body: Buffer.from(body) },
    { secrets },
  );
};

/** A flow that is deployed at a site. */
const deployed = async (events: readonly string[]) => {
  const world = createSiteWorld();
  const record = await world.deploy({ ...settings, events });
  const secrets = readSecrets(record);
  return {
    ...{ world, secrets },
    take: (event: string, payload: unknown = world.app.events[event]) =>
      Promise.all(world.app.fire(event, payload).map((one) => attempt(one, secrets))),
  };
};

describe("a delivery of an Umbraco site", () => {
  it("001-1 tells what happened to what", async () => {
    const { take } = await deployed([PUBLISH, MEDIA_SAVE]);
    const [publish] = await take(PUBLISH);
    expect(publish).toMatchObject({ kind: "accepted" });
    expect(eventsOf(publish as never)).toMatchObject([{ type: PUBLISH, orderingKey: HOME }]);
    const [save] = await take(MEDIA_SAVE);
    expect(eventsOf(save as never)).toMatchObject([{ type: MEDIA_SAVE }]);
  });

  it.each([{ Id: HOME }, { id: HOME }])(
    "is read whatever the case of its members: %j",
    async (payload) => {
      const { take } = await deployed([DELETE]);
      const [outcome] = await take(DELETE, payload);
      expect(eventsOf(outcome as never)).toMatchObject([{ type: DELETE, orderingKey: HOME }]);
    },
  );

  it.each(["null", "", "[]"])("is accepted even with the body %j", async (body) => {
    const { take } = await deployed([PUBLISH]);
    const [outcome] = await take(PUBLISH, body);
    expect(outcome).toMatchObject({ kind: "accepted" });
    expect(eventsOf(outcome as never)).toMatchObject([{ type: PUBLISH, orderingKey: null }]);
  });

  it("001-11 001-15 keeps its id over every attempt, though count and date change", async () => {
    const { world, secrets } = await deployed([PUBLISH]);
    const [delivery] = world.app.fire(PUBLISH, world.app.events[PUBLISH]);
    const ids = new Set<unknown>();
    for (let count = 1; count <= standIn.retries.maximumAttempts; count++) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, 0, count * 10));
      const outcome = await attempt(delivery as StandInDelivery, secrets, count, at);
      for (const { id } of eventsOf(outcome)) ids.add(id);
    }
    expect(ids.size).toBe(1);
  });

  it("001-16 has another id for another event about the same thing", async () => {
    const { take } = await deployed([DELETE, "Umbraco.ContentUnpublish"]);
    const ids = [
      ...(await take(DELETE, { Id: HOME })),
      ...(await take("Umbraco.ContentUnpublish", { Id: HOME })),
    ].map((outcome) => eventsOf(outcome)[0]?.id);
    expect(new Set(ids).size).toBe(2);
  });
});

describe("a delivery that is late", () => {
  it("001-9 is accepted after the webhook was disabled", async () => {
    const { world } = await deployed([PUBLISH]);
    const [queued] = world.app.fire(PUBLISH, world.app.events[PUBLISH]);
    const record = await world.deploy({ ...settings, events: [PUBLISH], enabled: false });
    const outcome = await attempt(queued as StandInDelivery, readSecrets(record));
    expect(verdictOf(outcome)).toBe("accepted");
  });
});

describe("a delivery of somebody else", () => {
  it("001-10 is rejected without the secret, and with another one", async () => {
    const { world, secrets } = await deployed([PUBLISH]);
    const [delivery] = world.app.fire(PUBLISH, world.app.events[PUBLISH]);
    const { "X-Webhook-Secret": _, ...headers } = delivery?.headers ?? {};
    const bare = { ...(delivery as StandInDelivery), headers };
    expect(verdictOf(await attempt(bare, secrets))).toBe("signature-missing");
    const forged = { ...bare, headers: { ...headers, "X-Webhook-Secret": "0".repeat(64) } };
    expect(verdictOf(await attempt(forged, secrets))).toBe("signature-mismatch");
  });
});

describe("004-5 the record behind a delivery", () => {
  it.each([
    [PUBLISH, `${API}/document/${HOME}`],
    [DELETE, `${API}/document/${HOME}`],
    ["Umbraco.ContentSavedBlueprint", `${API}/document-blueprint/${HOME}`],
    [MEDIA_SAVE, `${API}/media/${HOME}`],
    ["mediaMoved", `${API}/media/${HOME}`],
    ["mediaTypeSaved", undefined],
    ["memberSaved", undefined],
  ])("of %s is at %s", (type, path) => {
    const event = { type, orderingKey: HOME, data: {} };
    expect(subscription.fetchRecord?.request(event, {})?.request(undefined).path).toBe(path);
  });

  it("is there after a publish, and gone after a delete", async () => {
    const { app, send } = connect();
    expect(await send(get(`${API}/document/${HOME}`))).toMatchObject({
      status: 200,
      data: { id: HOME },
    });
    app.fire(DELETE, { Id: HOME });
    expect(await send(get(`${API}/document/${HOME}`))).toMatchObject({ status: 404 });
  });

  it("is not looked for where a delivery names nothing", () => {
    const event = { type: PUBLISH, orderingKey: null, data: null };
    expect(subscription.fetchRecord?.request(event, {})).toBeUndefined();
  });
});
