import { asana } from "../../../src/providers/asana";
import { readSecrets, type SubscriptionRecord } from "../../../src/subscriptions/record";
import { describeConvergence } from "../../contracts/convergence";
import { createAsanaApi, OTHER_PROJECT, PROJECT, WORKSPACE } from "../../fixtures/apis/asana-api";
import { createWorld, type ReceivedCall } from "../../support/subscription-world";

const settings = {
  workspace: WORKSPACE,
  resources: [PROJECT, OTHER_PROJECT],
  events: ["task.added", "task.changed.due_on"],
};

const options = {
  provider: asana,
  fields: { token: "1/1201:0123456789abcdef" },
  createApi: createAsanaApi,
  settings,
  otherSettings: { ...settings, resources: [OTHER_PROJECT], events: ["task.deleted"] },
  events: ["task.added", "task.changed.due_on", "task.added", "task.changed.due_on"],
  otherEvents: ["task.deleted"],
};

describeConvergence("Asana", options);
describeConvergence("Asana, in pages of one", {
  ...options,
  createApi: () => createAsanaApi({ largestPage: 1 }),
  settings: { ...settings, resources: [PROJECT] },
  events: ["task.added", "task.changed.due_on"],
});

describe("Asana", () => {
  const one = { ...settings, resources: [PROJECT] };
  const secretsOf = (world: ReturnType<typeof createWorld>) =>
    readSecrets(world.record() as SubscriptionRecord);

  it("keeps the secret that create hands over, one for each webhook", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const secrets = world.live().map(({ secret }) => secret);
    expect(new Set(secrets).size).toBe(2);
    expect(new Set(secretsOf(world))).toEqual(new Set(secrets));
  });

  it("lets each handshake in by a pass of its own, with the mark of the flow", async () => {
    const targets: URL[] = [];
    const onHandshake = (target: string) => targets.push(new URL(target)) > 0;
    const world = createWorld({ ...options, createApi: () => createAsanaApi({ onHandshake }) });
    await world.deploy(settings);
    expect(targets).toHaveLength(2);
    for (const { searchParams } of targets) {
      const mark = searchParams.get("hookline");
      expect(mark).toMatch(/^[0-9a-f]{16}$/);
      expect(searchParams.get("hookline-setup")).toContain(`pass-${mark}`);
    }
  });

  it("changes the events and keeps webhook and secret", async () => {
    const world = createWorld(options);
    await world.deploy(one);
    const [before] = world.live();
    await world.deploy({ ...one, events: ["story.added"] });
    expect(world.live()).toEqual([{ ...before, events: ["story.added"] }]);
    expect(secretsOf(world)).toEqual([before?.secret]);
  });

  it("replaces a webhook that is to deliver elsewhere, the new one first", async () => {
    const world = createWorld(options);
    await world.deploy(one);
    const [before] = world.live();
    const from = world.calls.length;
    await world.deploy(one, { endpointUrl: "https://hooks.example.com/trigger/other" });
    const changes = world.calls.slice(from).filter(({ method }) => method !== "GET");
    expect(changes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
    expect(secretsOf(world)).toEqual([world.live()[0]?.secret, before?.secret]);
  });

  it("replaces a webhook whose secret nobody noted", async () => {
    const world = createWorld(options);
    await world.deploy(one, { crashBeforeSave: true });
    const [lost] = world.live();
    await world.deploy(one);
    expect(world.live()).toHaveLength(1);
    expect(world.live()[0]?.id).not.toBe(lost?.id);
    expect(secretsOf(world)).toEqual([world.live()[0]?.secret]);
  });

  it("says that the handshake was not answered, and leaves nothing behind", async () => {
    const createApi = () => createAsanaApi({ onHandshake: () => false });
    const world = createWorld({ ...options, createApi });
    const error = await world.deploy(settings).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "SUBSCRIPTION_FAILED" });
    expect(error.message).toMatch(/did not answer Asana's handshake/);
    expect(error.message).toMatch(/did not respond with the handshake secret/);
    expect(world.live()).toEqual([]);
  });

  it("delivers everything of a project without any event chosen", async () => {
    const world = createWorld(options);
    await world.deploy({ ...one, events: [] });
    await world.deploy({ ...one, events: [] });
    expect(world.live()).toMatchObject([{ events: [] }]);
    expect(world.calls.filter(({ method }) => method !== "GET")).toHaveLength(1);
  });

  it("says that a workspace needs events", async () => {
    const whole = { ...settings, resources: [WORKSPACE], events: [] };
    await expect(createWorld(options).deploy(whole)).rejects.toMatchObject({
      message: expect.stringContaining("Resources, Events: Asana refuses this webhook."),
    });
  });

  it.each(["task", "task.touched", "task.added.due_on", "task.changed.", "Task added"])(
    "names the input with the event %s, which is none",
    async (event) => {
      const world = createWorld(options);
      await expect(world.deploy({ ...one, events: [event] })).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringContaining(`Events: "${event}" is none.`),
      });
      expect(world.calls).toEqual([]);
    },
  );

  it("names the input with a workspace that is none", async () => {
    await expect(createWorld(options).deploy({ ...one, workspace: "1332" })).rejects.toMatchObject({
      message: expect.stringContaining("Workspace, Resources: "),
    });
  });

  it("refuses an endpoint that Asana could not reach before it is asked", async () => {
    const world = createWorld(options);
    const endpointUrl = "https://localhost/trigger/x";
    await expect(world.deploy(one, { endpointUrl })).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
    expect(world.calls).toEqual([]);
  });

  it("looks again where Asana calls a webhook a duplicate, and does not blame the connection", async () => {
    const api = createAsanaApi();
    let posts = 0;
    const handle = (call: ReceivedCall, now: Date) => {
      const given = api.handle(call, now);
      posts += call.method === "POST" ? 1 : 0;
      return call.method === "POST" && posts === 1 ? api.handle(call, now) : given;
    };
    const world = createWorld({ ...options, createApi: () => ({ ...api, handle }) });
    await world.deploy(one);
    expect(world.live()).toHaveLength(1);
    expect(secretsOf(world)).toEqual([world.live()[0]?.secret]);
    expect(posts).toBe(2);
  });
});
