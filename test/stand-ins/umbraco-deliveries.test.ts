import { createApiClient } from "../../src/http/api-client";
import { get, put } from "../../src/http/api-request";
import { readPath } from "../../src/http/json-path";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { umbraco } from "../../src/stand-ins/umbraco";
import { connectApi } from "../../src/subscriptions/connect";
import { API, MEDIA_SAVE, PUBLISH, subscription } from "../source-systems/umbraco-site";
import { type Endpoint, openEndpoint } from "../support/endpoint";

const WEBHOOKS = `${API}/webhook`;

let standIn: RunningStandIn;
let endpoint: Endpoint;

beforeEach(async () => {
  endpoint = await openEndpoint();
  standIn = await startStandIn(umbraco, { port: 0, retryPauseMilliseconds: 0 });
});
afterEach(async () => {
  await standIn.close();
  await endpoint.close();
});

const addWebhook = () =>
  standIn.addByHand({ endpointUrl: endpoint.url, events: [PUBLISH, MEDIA_SAVE] });
const connectHere = () => connectApi(subscription.access, standIn.connection, createApiClient);

describe("deliveries of the Umbraco stand-in", () => {
  it("count their retries from 0 to 5, and date every attempt", async () => {
    addWebhook();
    const statuses = [500, 404, 302, 400, 503, 429, 200];
    endpoint.answer((_request, index) => ({ status: statuses[index] ?? 200 }));
    await standIn.fire(PUBLISH);
    const headers = endpoint.requests.map((request) => request.headers);
    expect(headers.map((one) => one["umb-webhook-retrycount"])).toEqual([..."012345"]);
    for (const one of headers) expect(one["umb-webhook-date"]).toMatch(/^\w{3}, .* GMT$/);
  });

  it("all leave at once, so that none waits for another", async () => {
    addWebhook();
    let release: () => void = () => undefined;
    const allThere = new Promise<void>((resolve) => {
      release = resolve;
    });
    endpoint.answer(async (_request, index) => {
      if (index === 2) release();
      await allThere;
      return { status: 200 };
    });
    const all = [{ event: PUBLISH }, { event: MEDIA_SAVE }, { event: PUBLISH }];
    const reports = await standIn.burst(all);
    expect(reports.map(({ outcome }) => outcome)).toEqual(["delivered", "delivered", "delivered"]);
  });

  it("go on after the webhook was disabled, as far as they were underway", async () => {
    const path = `${WEBHOOKS}/${addWebhook()}`;
    const { send } = connectHere();
    endpoint.answer(async (_request, index) => {
      await send(put(path, { url: endpoint.url, events: [PUBLISH], enabled: false }));
      return { status: index === 0 ? 500 : 200 };
    });
    expect(await standIn.fire(PUBLISH)).toMatchObject([{ outcome: "delivered" }]);
    expect(endpoint.requests).toHaveLength(2);
    expect(await standIn.fire(PUBLISH)).toEqual([]);
  });

  it("are logged, attempt by attempt", async () => {
    const id = addWebhook();
    endpoint.answer((_request, index) => ({ status: index === 0 ? 500 : 200 }));
    await standIn.fire(PUBLISH);
    addWebhook();
    await standIn.fire(MEDIA_SAVE);
    const { send } = connectHere();
    const { data } = await send(get(`${WEBHOOKS}/${id}/logs`));
    const of = { webhookKey: id, url: endpoint.url, exceptionOccured: false };
    expect(data).toMatchObject({
      total: 3,
      items: [
        { ...of, eventAlias: PUBLISH, statusCode: "InternalServerError (500)", retryCount: 0 },
        { ...of, eventAlias: PUBLISH, statusCode: "OK (200)", retryCount: 1 },
        { ...of, eventAlias: MEDIA_SAVE, isSuccessStatusCode: true, retryCount: 0 },
      ],
    });
    expect(readPath(data, "items.0.requestBody")).toBe(endpoint.requests[0]?.body);
    expect(readPath((await send(get(`${WEBHOOKS}/logs`))).data, "total")).toBe(4);
  });

  it("are logged as exceptions where nothing answers", async () => {
    const id = standIn.addByHand({ endpointUrl: "http://127.0.0.1:9/", events: [PUBLISH] });
    await standIn.fire(PUBLISH);
    const { data } = await connectHere().send(get(`${WEBHOOKS}/${id}/logs`));
    expect(readPath(data, "items")).toHaveLength(6);
    expect(readPath(data, "items.5")).toMatchObject({ exceptionOccured: true, statusCode: "" });
  });
});
