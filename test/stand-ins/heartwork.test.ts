import { heartwork } from "../../src/providers/heartwork";
import { heartwork as standIn } from "../../src/stand-ins/heartwork";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { describeStandIn } from "../contracts/stand-in";
import { type Endpoint, openEndpoint } from "../support/endpoint";
import { createSubscriber } from "../support/subscriber";

const settings = {
  topics: ["CreateSalesOrder"],
  skipSystem: false,
  headers: { "X-Tenant": "north" },
  enabled: true,
};

describeStandIn({
  standIn,
  event: "CreateSalesOrder",
  otherPayload: { id: "another" },
  maximumAttempts: 1,
  headers: {
    "content-type": /^application\/json$/,
    "x-webhook-secret": /^[0-9a-f]{64}$/,
    "x-webhook-topic": /^CreateSalesOrder$/,
    "x-tenant": /^north$/,
  },
  createSubscriber: createSubscriber(heartwork, settings),
  callApi: (url, credentials) =>
    fetch(`${url}/core-api/webhooks`, {
      headers: {
        apikey: credentials === "right" ? standIn.connection(url).apiKey! : "wrong",
        workspace: "acme",
      },
    }),
  refusedStatus: 401,
});

describe("The Core API of Heart.work's stand-in", () => {
  let running: RunningStandIn;
  let endpoint: Endpoint;
  beforeEach(async () => {
    running = await startStandIn(standIn, { port: 0 });
    endpoint = await openEndpoint();
  });
  afterEach(async () => {
    await running.close();
    await endpoint.close();
  });

  const callApi = (method: string, path: string, json?: unknown, workspace = "acme") =>
    fetch(`${running.url}${path}`, {
      method,
      headers: {
        apikey: running.connection.apiKey!,
        workspace,
        "content-type": "application/json",
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  const webhook = { topic: "UpdateSalesOrder", deliveryEndpoint: "https://hooks.example.com/a" };

  it("performs a call whose answer gets lost", async () => {
    running.setFaults({ losesAnswers: true });
    await expect(callApi("POST", "/core-api/webhooks", webhook)).rejects.toThrow();
    expect(running.subscriptions()).toMatchObject([{ endpointUrl: webhook.deliveryEndpoint }]);
  });

  it("performs nothing while it answers with a fault's status", async () => {
    running.setFaults({ apiStatus: 500 });
    expect((await callApi("POST", "/core-api/webhooks", webhook)).status).toBe(500);
    expect(running.subscriptions()).toEqual([]);
  });

  it("lists the topics of each workspace, and knows only workspaces of its key", async () => {
    const topicsOf = async (workspace: string) =>
      (await callApi("GET", "/core-api/webhooks/topics", undefined, workspace)).json();
    expect(await topicsOf("limited")).toEqual({
      items: [{ name: "CreateSalesOrder", method: "POST" }],
      total: 1,
    });
    expect(await topicsOf("empty")).toEqual({ items: [], total: 0 });
    expect(await topicsOf("acme")).toMatchObject({
      items: expect.arrayContaining([{ name: "GetLedgerBalanceForPeriod", method: "GET" }]),
    });
    const stranger = await callApi("GET", "/core-api/webhooks/topics", undefined, "toString");
    expect(stranger.status).toBe(401);
  });

  it.each([
    ["a read topic", { ...webhook, topic: "GetLedgerBalanceForPeriod" }],
    ["a topic of another workspace", { ...webhook, topic: "CreateProduct" }],
    ["a relative endpoint", { ...webhook, deliveryEndpoint: "/trigger/a" }],
    ["a bare host", { ...webhook, deliveryEndpoint: "https://intranet/a" }],
    ["no body at all", undefined],
  ])("refuses %s", async (_what, body) => {
    expect((await callApi("POST", "/core-api/webhooks", body)).status).toBe(422);
    expect(running.subscriptions()).toEqual([]);
  });

  it("has webhooks in the Core API only, and each in its workspace", async () => {
    const made = (await (await callApi("POST", "/core-api/webhooks", webhook)).json()) as {
      readonly id: string;
    };
    const path = `/core-api/webhooks/${made.id}`;
    expect((await callApi("DELETE", path, undefined, "limited")).status).toBe(404);
    expect((await callApi("GET", "/commerce-api/webhooks")).status).toBe(404);
    expect((await callApi("PUT", path, { ...webhook, enabled: false })).status).toBe(200);
    expect(running.subscriptions()).toMatchObject([{ enabled: false }]);
    expect((await callApi("DELETE", path)).status).toBe(204);
    expect((await callApi("DELETE", path)).status).toBe(404);
  });

  it("delivers XML where a system sends XML", async () => {
    await callApi("POST", "/core-api/webhooks", { ...webhook, deliveryEndpoint: endpoint.url });
    await running.fire("UpdateSalesOrder");
    expect(endpoint.requests).toMatchObject([
      {
        headers: { "content-type": "application/xml" },
        body: expect.stringMatching(/^<SalesOrder>/),
      },
    ]);
  });
});
