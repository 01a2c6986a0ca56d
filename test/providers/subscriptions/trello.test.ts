import { trello } from "../../../src/providers/trello";
import { describeConvergence } from "../../contracts/convergence";
import { BOARDS, createTrelloApi } from "../../fixtures/apis/trello-api";
import { createWorld, ENDPOINT } from "../../support/subscription-world";

const [first, second, third] = BOARDS;
const settings = { models: [first, second], enabled: true };

const options = {
  provider: trello,
  fields: {
    username: "0123456789abcdef0123456789abcdef",
    token: "ATTA0123456789abcdef",
    signingSecret: "a secret of the app",
  },
  createApi: createTrelloApi,
  settings,
  otherSettings: { ...settings, models: [second, third] },
  events: [first, second],
  otherEvents: [second, third],
};

describeConvergence("Trello", options);

describe("Trello", () => {
  it("records and logs nothing of the token that is in every path", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    await world.deploy({ ...settings, models: [third] });
    expect(world.calls.every(({ path }) => path.includes(options.fields.token))).toBe(true);
    for (const told of [JSON.stringify(world.record()), world.logged.join("\n")]) {
      expect(told).not.toContain(options.fields.token);
      expect(told).not.toContain(options.fields.username);
    }
  });

  it("silences and wakes a webhook without making another", async () => {
    const world = createWorld(options);
    await world.deploy({ ...settings, enabled: false });
    const silent = world.live();
    await world.deploy(settings);
    expect(silent.map(({ enabled }) => enabled)).toEqual([false, false]);
    expect(world.live()).toEqual(silent.map((live) => ({ ...live, enabled: true })));
  });

  it("moves a webhook to another address without a gap", async () => {
    const world = createWorld(options);
    await world.deploy(settings);
    const ids = world.live().map(({ id }) => id);
    await world.deploy(settings, { endpointUrl: "https://hooks.example.com/trigger/other" });
    expect(world.live().map(({ id }) => id)).toEqual(ids);
  });

  it("gives every webhook an address that answers the probe, with its mark", async () => {
    const probed: string[] = [];
    const onProbe = (url: string) => {
      probed.push(url);
      return 200;
    };
    const world = createWorld({ ...options, createApi: () => createTrelloApi({ onProbe }) });
    await world.deploy(settings);
    expect(probed).toHaveLength(2);
    for (const url of probed) expect(url).toMatch(/\/trigger\/[^?]+\?hookline=[0-9a-f]{16}$/);
  });

  it("says that the endpoint has to answer the probe, and leaves nothing behind", async () => {
    const createApi = () => createTrelloApi({ onProbe: () => 503 });
    const world = createWorld({ ...options, createApi });
    const error = await world.deploy(settings).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "SUBSCRIPTION_FAILED" });
    expect(error.message).toMatch(/has to answer Trello's HEAD request with 200/);
    expect(error.message).toContain("did not return 200 status code, got 503");
    expect(error.message).not.toContain("hookline=");
    expect(world.live()).toEqual([]);
  });

  it("finds its own where Trello says that there is one already", async () => {
    const world = createWorld(options);
    await world.deploy({ ...settings, models: [first] }, { crashBeforeSave: true });
    const [made] = world.live();
    jest.spyOn(world.api, "handle").mockImplementationOnce(createTrelloApi().handle);
    await world.deploy({ ...settings, models: [first] });
    expect(world.live()).toEqual([made]);
  });

  it("names the input with a model that is none", async () => {
    for (const models of [["nC8QJoZ2"], [`${first}0`], ["https://trello.com/b/nC8QJoZ2"]])
      await expect(createWorld(options).deploy({ ...settings, models })).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringMatching(/^Models: /),
      });
    const models = ["ffffffffffffffffffffffff"];
    await expect(createWorld(options).deploy({ ...settings, models })).rejects.toMatchObject({
      message: expect.stringContaining("Models: Trello knows no such model"),
    });
  });

  it.each(["username", "token", "signingSecret"])("needs the connection's %s", async (name) => {
    const fields = { ...options.fields, [name]: "" };
    await expect(createWorld({ ...options, fields }).deploy(settings)).rejects.toMatchObject({
      code: "CONNECTION_INVALID",
      message: expect.stringMatching(/^Connection Provider API: fill in /),
    });
  });

  it("blames the connection for a token that is another's", async () => {
    const fields = { ...options.fields, token: "ATTAfedcba9876543210" };
    const world = createWorld({ ...options, fields });
    const error = await world.deploy(settings, { endpointUrl: ENDPOINT }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).not.toContain("ATTA");
  });
});
