import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { umbraco } from "../../src/stand-ins/umbraco";
import { type Endpoint, type EndpointRequest, openEndpoint } from "../support/endpoint";
import { createInstance } from "../support/instance";
import { DELETE, HOME_TYPE, MEDIA_SAVE, PUBLISH } from "./umbraco-site";

const HOME = "c1922956-7855-4fa0-8f2c-7af149a92135";

let site: RunningStandIn;
let endpoint: Endpoint;

beforeEach(async () => {
  site = await startStandIn(umbraco, { port: 0, retryPauseMilliseconds: 0 });
  endpoint = await openEndpoint();
});
afterEach(async () => {
  await site.close();
  await endpoint.close();
});

const toReceived = ({ url, headers, body }: EndpointRequest) => ({
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}`])),
  query: Object.fromEntries(new URL(url, "http://127.0.0.1").searchParams),
  body,
});

/** A flow with the trigger Umbraco CMS Webhook, which gets what the site sends. */
const createFlow = (more: Readonly<Record<string, unknown>> = {}) => {
  const connection = { key: "umbraco", configVarKey: "Umbraco CMS", fields: site.connection };
  const params = { connection, events: [PUBLISH, DELETE, MEDIA_SAVE], ...more };
  const instance = createInstance({ trigger: "umbracoWebhook", params });
  const outcomes: Awaited<ReturnType<typeof instance.receive>>[] = [];
  instance.move(endpoint.url);
  endpoint.answer(async (request) => {
    try {
      outcomes.push(await instance.receive(toReceived(request)));
      return { status: 200 };
    } catch {
      return { status: 500 };
    }
  });
  return { ...instance, connection, params, outcomes };
};

it("subscribes on deploy, takes what the site sends, follows its inputs and leaves on delete", async () => {
  const flow = createFlow();
  await flow.deploy();
  expect(site.subscriptions().map(({ events }) => events)).toEqual([
    [PUBLISH, DELETE],
    [MEDIA_SAVE],
  ]);
  expect(await site.fire(PUBLISH)).toMatchObject([{ outcome: "delivered" }]);
  expect(flow.outcomes).toMatchObject([
    {
      branch: "Notification",
      payload: {
        delivery: { provider: "umbraco", verified: true, type: PUBLISH, orderingKey: HOME },
      },
    },
  ]);

  const before = site.subscriptions();
  await flow.deploy();
  expect(site.subscriptions()).toEqual(before);

  await flow.deploy({ ...flow.params, events: [DELETE], contentTypes: [HOME_TYPE] });
  expect(site.subscriptions().map(({ events }) => events)).toEqual([[DELETE]]);
  await flow.delete();
  expect(site.subscriptions()).toEqual([]);
});

it("takes events that happen at once, in whatever order they arrive", async () => {
  const flow = createFlow();
  await flow.deploy();
  const items = Array.from({ length: 20 }, (_item, index) => ({ Id: `item-${index}` }));
  const reports = await site.burst(items.map((payload) => ({ event: PUBLISH, payload })));
  expect(new Set(reports.map(({ outcome }) => outcome))).toEqual(new Set(["delivered"]));
  const keys = flow.outcomes.map(({ payload }) => payload.delivery.orderingKey);
  expect(new Set(keys)).toEqual(new Set(items.map(({ Id }) => Id)));
});

it("004-5 fetches the record behind a delivery, and says when it is gone", async () => {
  const { connection, deploy, act, outcomes } = createFlow();
  await deploy();
  await site.fire(PUBLISH);
  await site.fire(DELETE);
  const [published, deleted] = outcomes.map(({ payload }) => payload.delivery);
  expect(await act("fetchRecord", { connection, delivery: deleted })).toEqual({
    record: null,
    gone: true,
  });
  await site.fire(PUBLISH);
  expect(await act("fetchRecord", { connection, delivery: published })).toMatchObject({
    record: { id: HOME },
    gone: false,
  });
});

it("001-10 refuses a forgery sent to the flow's URL", async () => {
  const flow = createFlow();
  await flow.deploy();
  const [{ endpointUrl = "" } = {}] = site.subscriptions();
  const headers = { "X-Webhook-Secret": "0".repeat(64) };
  site.addByHand({ endpointUrl, events: [PUBLISH], headers });
  const reports = await site.fire(PUBLISH);
  expect(reports.map(({ outcome }) => outcome)).toEqual(["delivered", "failed"]);
  expect(flow.outcomes).toHaveLength(1);
});
