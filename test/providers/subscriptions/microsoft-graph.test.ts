import { microsoftGraph } from "../../../src/providers/microsoft-graph";
import { readSecrets, type SubscriptionRecord } from "../../../src/subscriptions/record";
import { describeConvergence } from "../../contracts/convergence";
import {
  APPLICATION,
  createMicrosoftGraphApi,
  MESSAGES,
  TENANT,
} from "../../fixtures/apis/microsoft-graph-api";
import { eventsOf, receive, toOutbound, verdictOf } from "../../support/provider-deliveries";
import { createWorld, type ReceivedCall, type World } from "../../support/subscription-world";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SHIFTS = "/teams/02bd9fd6/schedule/shifts";

const settings = {
  resources: [MESSAGES],
  changeTypes: ["created", "updated"],
  lifetimeMinutes: "",
};

const options = {
  provider: microsoftGraph,
  fields: { username: `${APPLICATION}@${TENANT}`, password: "a client secret" },
  createApi: createMicrosoftGraphApi,
  settings,
  otherSettings: { ...settings, resources: ["/users", MESSAGES], changeTypes: ["deleted"] },
  events: ["created", "updated"],
  otherEvents: ["deleted", "deleted"],
};

const jsonOf = ({ body }: ReceivedCall) => (body as { json: Record<string, unknown> }).json;
const changesSince = (world: World, from: number) =>
  world.calls.slice(from).filter((call) => call.method !== "GET" && !call.isRead);

describeConvergence("Microsoft Graph", options);
describeConvergence("Microsoft Graph, with a token and in pages of two", {
  ...options,
  fields: { token: "eyJ0eXAi.user" },
  createApi: () => createMicrosoftGraphApi({ pageSize: 2 }),
  settings: { ...settings, resources: ["/users", MESSAGES] },
  events: ["created", "updated", "created", "updated"],
});

describe("Microsoft Graph", () => {
  it("gives change and lifecycle notifications one endpoint and the client state that proves them", async () => {
    const world = createWorld(options);
    const { secret } = await world.deploy(settings);
    const [create] = changesSince(world, 0);
    const [live] = world.live();
    expect(create && jsonOf(create)).toEqual({
      changeType: "created,updated",
      notificationUrl: live?.endpointUrl,
      lifecycleNotificationUrl: live?.endpointUrl,
      resource: MESSAGES,
      expirationDateTime: "2026-01-07T23:50:00.100Z",
      clientState: secret,
    });
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ["users/ddfcd489/Messages", 10_080],
    ["me/mailFolders('Inbox')/messages", 10_080],
    ["/Users('ddfcd489')/events", 10_080],
    ["users/ddfcd489/chats/getAllMessages", 4_230],
    ["chats/19:x@thread.v2/messages", 4_230],
    ["teams/02bd9fd6/schedule/timeOffRequests", 360],
    ["me/drive/root", 42_300],
    ["drives/b!x/root", 42_300],
    ["users/ddfcd489/drive/root", 42_300],
    ["sites/contoso.sharepoint.com,1,2/lists/3", 42_300],
    ["security/alerts?$filter=status eq 'New'", 43_200],
    ["users", 41_760],
    ["/groups/02bd9fd6/members", 41_760],
    ["groups/02bd9fd6/conversations", 4_230],
    ["communications/callRecords", 4_230],
  ])("asks for a little less than the life that Graph allows: %s", (resource, minutes) => {
    const { plan } = microsoftGraph.subscription as NonNullable<typeof microsoftGraph.subscription>;
    const [planned] = plan({ ...settings, resources: [resource] });
    expect(planned).toMatchObject({ details: { resource }, lifetimeSeconds: (minutes - 10) * 60 });
  });

  it("renews with one call once half of the life is over, and not before", async () => {
    const world = createWorld(options);
    const made = await world.deploy(settings);
    world.pass(3 * DAY);
    let from = world.calls.length;
    await world.deploy(settings);
    expect(changesSince(world, from)).toEqual([]);
    world.pass(DAY);
    from = world.calls.length;
    await world.deploy(settings);
    const renewals = changesSince(world, from);
    expect(renewals.map(({ method }) => method)).toEqual(["PATCH"]);
    expect(renewals.flatMap((call) => Object.keys(jsonOf(call)))).toEqual(["expirationDateTime"]);
    expect(world.live()[0]?.id).toBe(made.subscriptions[0]?.id);
    expect(world.live()[0]?.expiresAt?.getTime()).toBeGreaterThan(world.now().getTime() + 6 * DAY);
  });

  it("renews each subscription at half of its own life", async () => {
    const world = createWorld(options);
    const both = { ...settings, resources: [SHIFTS, "users"] };
    await world.deploy(both);
    world.pass(4 * 60 * MINUTE);
    const from = world.calls.length;
    await world.deploy(both);
    const [renewal, ...others] = changesSince(world, from);
    expect(others).toEqual([]);
    expect(renewal?.path).toContain(world.live()[0]?.id);
  });

  it("makes anew what is gone when it is to be renewed", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const [gone] = world.live();
    world.pass(4 * DAY);
    world.fail(({ method }) => {
      if (method === "PATCH") world.api.removeByHand(gone?.id ?? "");
      return undefined;
    });
    await world.deploy(settings);
    expect(world.live()).toMatchObject([{ secret: gone?.secret, events: ["created", "updated"] }]);
    expect(world.live()[0]?.id).not.toBe(gone?.id);
  });

  it("makes anew what has expired", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    world.pass(8 * DAY);
    expect(world.live()).toEqual([]);
    await world.deploy(settings);
    expect(world.live()).toHaveLength(1);
  });

  it("stays live through a year of renewals of which every other one fails", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const [first] = world.live();
    for (let day = 1; day <= 365; day++) {
      world.pass(DAY);
      if (day % 2 === 0) world.fail(() => ({ kind: "status", status: 503 }));
      await world.deploy(settings).catch(() => undefined);
      world.heal();
      expect(world.live()).toMatchObject([{ id: first?.id }]);
    }
    expect(readSecrets(world.record() as SubscriptionRecord)).toEqual([first?.secret]);
  });

  it("lets what was chosen as lifetime count from the next renewal on", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const [before] = world.live();
    await world.deploy({ ...settings, lifetimeMinutes: "1440" });
    expect(world.live()).toEqual([before]);
    world.pass(6.5 * DAY);
    await world.deploy({ ...settings, lifetimeMinutes: "1440" });
    expect(world.live()[0]?.id).toBe(before?.id);
    expect(world.live()[0]?.expiresAt?.getTime()).toBeLessThanOrEqual(world.now().getTime() + DAY);
  });

  it("removes first what goes elsewhere, because a second one for the same changes is refused", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const from = world.calls.length;
    await world.deploy(settings, { endpointUrl: "https://hooks.example.com/trigger/other" });
    expect(changesSince(world, from).map(({ method }) => method)).toEqual([
      "POST",
      "DELETE",
      "POST",
    ]);
    expect(world.live()).toHaveLength(1);
  });

  it("makes the new one first where other changes are asked for", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const from = world.calls.length;
    await world.deploy({ ...settings, changeTypes: ["deleted"] });
    expect(changesSince(world, from).map(({ method }) => method)).toEqual(["POST", "DELETE"]);
  });

  it("replaces a subscription whose client state nobody noted", async () => {
    const world = createWorld(options);
    await world.deploy(settings, { crashBeforeSave: true });
    await world.deploy(settings);
    const record = world.record() as SubscriptionRecord;
    expect(world.live()).toMatchObject([{ secret: record.secret }]);
  });

  it("says that another flow of the application watches the same", async () => {
    const world = createWorld(options);
    world.api.handle(
      {
        method: "POST",
        baseUrl: "https://graph.microsoft.com",
        path: "/v1.0/subscriptions",
        query: {},
        headers: { authorization: "Bearer eyJ0eXAi.app" },
        body: {
          json: {
            changeType: "created,updated",
            notificationUrl: "https://other.example.net/",
            resource: MESSAGES,
            expirationDateTime: "2026-01-02T00:00:00.000Z",
          },
        },
      },
      world.now(),
    );
    const error = await world.deploy(settings).catch((thrown) => thrown);
    expect(error.message).toMatch(
      /answered 409\..*Resources: Graph lets an application watch a resource/,
    );
    expect(world.live()).toMatchObject([{ endpointUrl: "https://other.example.net/" }]);
  });

  it("says that the endpoint did not answer the validation request", async () => {
    const createApi = () => createMicrosoftGraphApi({ onValidation: () => false });
    const error = await createWorld({ ...options, createApi })
      .deploy(settings)
      .catch((thrown) => thrown);
    expect(error.message).toMatch(/did not answer Graph's validation request.*It says: Subscript/);
  });

  it.each([
    ["Change Types", { changeTypes: [] }],
    ["Change Types", { changeTypes: ["created", "moved"] }],
    ["Lifetime Minutes", { lifetimeMinutes: "44" }],
    ["Lifetime Minutes", { lifetimeMinutes: "a week" }],
  ])("names the input %s where it is wrong", async (label, wrong) => {
    await expect(createWorld(options).deploy({ ...settings, ...wrong })).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(new RegExp(`^${label}: `)),
    });
  });

  it.each([
    ["nothing", {}, /fill in User Name/],
    ["no tenant", { username: APPLICATION, password: "a client secret" }, /fill in User Name/],
    ["a wrong secret", { ...options.fields, password: "another" }, /credentials were refused/],
    ["a token that has run out", { token: "eyJ0eXAi.old" }, /does not accept the credentials/],
  ])("blames the connection that holds %s", async (_name, fields, problem) => {
    const world = createWorld({ ...options, fields });
    const error = await world.deploy(settings).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).toMatch(problem);
  });
});

describe("what Microsoft Graph sends to the endpoint", () => {
  it("is answered while nothing is saved yet, where it tests the endpoint", async () => {
    const validationToken = "Validation: Testing client application reachability";
    const test = { method: "POST", query: { validationToken }, body: "" };
    const outcome = await receive(microsoftGraph, toOutbound(test), { secrets: [] });
    expect(outcome).toMatchObject({
      kind: "challenge",
      reply: { status: 200, contentType: "text/plain", body: validationToken },
    });
  });

  const notices = ["reauthorizationRequired", "subscriptionRemoved", "missed"];
  const toNotices = (world: World, clientState: string) =>
    toOutbound({
      body: {
        value: notices.map((lifecycleEvent) => ({
          subscriptionId: world.live()[0]?.id,
          subscriptionExpirationDateTime: "2026-01-07T23:50:00.1000000Z",
          tenantId: TENANT,
          clientState,
          lifecycleEvent,
        })),
      },
    });

  it("comes out as events where it is about the subscription itself", async () => {
    const world = createWorld(options);
    const { secret } = await world.deploy(settings);
    const outcome = await receive(microsoftGraph, toNotices(world, secret), {
      secrets: readSecrets(world.record() as SubscriptionRecord),
    });
    expect(outcome).toMatchObject({ kind: "accepted", reply: { status: 202 } });
    expect(eventsOf(outcome).map(({ type }) => type)).toEqual(notices);
    expect(new Set(eventsOf(outcome).map(({ id }) => id)).size).toBe(3);
  });

  it("is refused with another client state", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const secrets = readSecrets(world.record() as SubscriptionRecord);
    const outcome = await receive(microsoftGraph, toNotices(world, "f".repeat(64)), { secrets });
    expect(verdictOf(outcome)).toBe("signature-mismatch");
  });
});
