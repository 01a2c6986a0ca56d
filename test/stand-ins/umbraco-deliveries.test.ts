import { createApiClient } from "../../src/http/api-client";
import { get, put } from "../../src/http/api-request";
import { readPath } from "../../src/http/json-path";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { umbraco } from "../../src/stand-ins/umbraco";
import { connectApi } from "../../src/subscriptions/connect";
import { type LocalEndpoint, listen } from "../source-systems/heartcore-world";
import { API, MEDIA_SAVE, PUBLISH, subscription } from "../source-systems/umbraco-site";

const WEBHOOKS = `${API}/webhook`;

describe("deliveries of the Umbraco stand-in", () => {
  let standIn: RunningStandIn;
  let endpoint: LocalEndpoint;
  let statuses: number[];
  let onArrival: (count: number) => unknown;

  beforeEach(async () => {
    statuses = [];
    onArrival = () => undefined;
    endpoint = await listen(async (_arrival, response, count) => {
      await onArrival(count);
      response.writeHead(statuses.shift() ?? 200, { location: "/" }).end("noted");
    });
    standIn = await startStandIn(umbraco, { port: 0, retryPauseMilliseconds: 0 });
  });
  afterEach(async () => {
    await standIn.close();
    await endpoint.close();
  });

  const addWebhook = () =>
    standIn.addByHand({
      endpointUrl: endpoint.url,
      events: [PUBLISH, MEDIA_SAVE],
      headers: { "X-Webhook-Secret": "secret-0123456789" },
    });
  const connectHere = () => connectApi(subscription.access, standIn.connection, createApiClient);
  const header = (name: string) => endpoint.arrivals.map(({ headers }) => headers[name]);

  it("are tried six times, whatever is no success", async () => {
    addWebhook();
    statuses = [500, 404, 302, 400, 503, 429, 200];
    const [report] = await standIn.fire(PUBLISH);
    expect(report).toMatchObject({ outcome: "failed" });
    expect(header("umb-webhook-retrycount")).toEqual(["0", "1", "2", "3", "4", "5"]);
    expect(new Set(endpoint.arrivals.map(({ body }) => body)).size).toBe(1);
  });

  it("all leave at once, so that none waits for another", async () => {
    addWebhook();
    let release: () => void = () => undefined;
    const allThere = new Promise<void>((resolve) => {
      release = resolve;
    });
    onArrival = (count) => {
      if (count === 3) release();
      return allThere;
    };
    const reports = await standIn.burst([
      { event: PUBLISH },
      { event: MEDIA_SAVE },
      { event: PUBLISH },
    ]);
    expect(reports.map(({ outcome }) => outcome)).toEqual(["delivered", "delivered", "delivered"]);
  });

  it("end with the webhook", async () => {
    const id = addWebhook();
    statuses = [500];
    onArrival = () => standIn.removeByHand(id);
    expect(await standIn.fire(PUBLISH)).toMatchObject([{ outcome: "skipped" }]);
    expect(endpoint.arrivals).toHaveLength(1);
  });

  it("go on after the webhook was disabled, as far as they were underway", async () => {
    const path = `${WEBHOOKS}/${addWebhook()}`;
    const { send } = connectHere();
    statuses = [500];
    onArrival = () => send(put(path, { url: endpoint.url, events: [PUBLISH], enabled: false }));
    expect(await standIn.fire(PUBLISH)).toMatchObject([{ outcome: "delivered" }]);
    expect(endpoint.arrivals).toHaveLength(2);
    expect(await standIn.fire(PUBLISH)).toEqual([]);
  });

  it("are logged, attempt by attempt", async () => {
    const id = addWebhook();
    addWebhook();
    statuses = [500, 500];
    await standIn.fire(PUBLISH);
    const { send } = connectHere();
    const { data } = await send(get(`${WEBHOOKS}/${id}/logs`));
    expect(data).toMatchObject({
      total: 2,
      items: [
        { statusCode: "InternalServerError (500)", isSuccessStatusCode: false, retryCount: 0 },
        { statusCode: "OK (200)", isSuccessStatusCode: true, retryCount: 1 },
      ],
    });
    expect(readPath(data, "items.1")).toMatchObject({
      webhookKey: id,
      eventAlias: PUBLISH,
      url: endpoint.url,
      requestBody: endpoint.arrivals[0]?.body,
      responseBody: "noted",
      exceptionOccured: false,
    });
    expect(readPath((await send(get(`${WEBHOOKS}/logs`))).data, "total")).toBe(4);
  });
});
