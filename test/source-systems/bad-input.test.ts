import { heartwork } from "../../src/stand-ins/heartwork";
import { kinetic } from "../../src/stand-ins/kinetic";
import type { StandIn } from "../../src/stand-ins/stand-in";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { umbraco } from "../../src/stand-ins/umbraco";
import { createInstance, ENDPOINT } from "../support/instance";

interface System {
  readonly standIn: StandIn;
  readonly trigger: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The input that takes what is subscribed to, and an entry of it that does not exist. */
  readonly events: string;
  readonly wrongCredentials: Readonly<Record<string, string>>;
  /** A server that answers, and is not the place that is meant. */
  readonly wrongPlace: (baseUrl: string) => Readonly<Record<string, string>>;
}

const systems: Readonly<Record<string, System>> = {
  "Heart.work": {
    standIn: heartwork,
    trigger: "heartworkWebhook",
    params: { topics: ["CreateSalesOrder"], skipSystem: "false", headers: [], enabled: "true" },
    events: "topics",
    wrongCredentials: { apiKey: "hw_of_somebody_else" },
    wrongPlace: () => ({ workspace: "nowhere" }),
  },
  "Umbraco CMS": {
    standIn: umbraco,
    trigger: "umbracoWebhook",
    params: { events: ["Umbraco.ContentPublish"], contentTypes: [], headers: [], enabled: "true" },
    events: "events",
    wrongCredentials: { clientSecret: "the secret of somebody else" },
    wrongPlace: (baseUrl) => ({ baseUrl: `${baseUrl}/elsewhere` }),
  },
  "Kinetic Platform": {
    standIn: kinetic,
    trigger: "kineticWebhook",
    params: {
      scope: "kapp",
      kappSlug: "services",
      events: ["Submission Submitted"],
      filter: "",
      enabled: "true",
    },
    events: "events",
    wrongCredentials: { password: "the password of somebody else" },
    wrongPlace: (baseUrl) => ({ baseUrl: baseUrl.replace("/acme", "/nowhere") }),
  },
};

describe.each(Object.entries(systems))("%s", (_name, system) => {
  let running: RunningStandIn;
  beforeAll(async () => {
    running = await startStandIn(system.standIn, { port: 0 });
  });
  afterAll(() => running.close());

  const deploy = async (
    fields: Readonly<Record<string, string>>,
    params: Readonly<Record<string, unknown>> = {},
    endpoint = ENDPOINT,
  ) => {
    const connection = {
      key: system.standIn.name,
      configVarKey: "The connection",
      fields: { ...running.connection, ...fields },
    };
    const instance = createInstance({
      trigger: system.trigger,
      params: { ...system.params, ...params, connection, onRejection: "throw" },
    });
    instance.move(endpoint);
    const error = await instance.deploy().catch((thrown) => thrown);
    return { error, state: instance.state() };
  };

  const expectNothingMade = (state: object) => {
    expect(running.subscriptions()).toEqual([]);
    expect(state).toEqual({});
  };

  it.each([
    ["wrong credentials", () => system.wrongCredentials],
    ["a host that cannot be reached", () => ({ baseUrl: "http://127.0.0.1:9" })],
  ])("blames the connection for %s, and repeats none of them", async (_what, toFields) => {
    const fields = toFields();
    const { error, state } = await deploy(fields);
    expect(error).toMatchObject({ connection: { configVarKey: "The connection" } });
    for (const value of Object.values(system.wrongCredentials))
      expect(error.message).not.toContain(value);
    expectNothingMade(state);
  });

  it("says where to look for a wrong space, workspace or site", async () => {
    const { error, state } = await deploy(system.wrongPlace(running.connection.baseUrl ?? ""));
    expect(error.message).toMatch(/workspace|Base URL|base URL|Kapp|space/i);
    expectNothingMade(state);
  });

  it("wants to know what to subscribe to", async () => {
    const { error, state } = await deploy({}, { [system.events]: [] });
    expect(error.message).toMatch(/choose at least one|Topics|Events/i);
    expectNothingMade(state);
  });

  it("names the input for something that cannot be subscribed to", async () => {
    const { error, state } = await deploy({}, { [system.events]: ["Nothing Happened"] });
    expect(error.message).toMatch(/^(Topics|Events): .*Nothing Happened/);
    expectNothingMade(state);
  });

  it("refuses an endpoint that is not one on the internet, for a system that is", async () => {
    const publicUrl = { baseUrl: "https://system.example.com" };
    const refused = [
      "http://hooks.example.com/trigger/1",
      "https://10.0.0.1/trigger/1",
      "/trigger/1",
    ];
    for (const endpoint of refused) {
      const { error, state } = await deploy(publicUrl, {}, endpoint);
      expect(error.message).toMatch(/^Endpoint URL: /);
      expectNothingMade(state);
    }
  });

  it("refuses 250 subscriptions before it makes one, or takes 250 events in one", async () => {
    const many = Array.from({ length: 250 }, (_, index) => `Submission Number${index}`);
    const { error, state } = await deploy({}, { [system.events]: many });
    expect(error.message).toMatch(/at most 100|^(Topics|Events): /);
    expectNothingMade(state);
  });
});
