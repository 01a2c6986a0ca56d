import { del, get, post, put } from "../../src/http/api-request";
import { readPath } from "../../src/http/json-path";
import { umbraco as provider } from "../../src/providers/umbraco";
import { umbraco } from "../../src/stand-ins/umbraco";
import { describeStandIn } from "../contracts/stand-in";
import { API, connect, DELETE, PUBLISH, settings } from "../source-systems/umbraco-site";
import { createSubscriber } from "../support/subscriber";

const WEBHOOKS = `${API}/webhook`;
const URL_OF_ENDPOINT = "https://hooks.example.com/trigger/1";
const wanted = { url: URL_OF_ENDPOINT, events: [PUBLISH], enabled: true };

const logIn = async (url: string, clientSecret: string): Promise<Response> =>
  fetch(`${url}${API}/security/back-office/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: umbraco.connection(url).clientId ?? "",
      client_secret: clientSecret,
    }),
  });

describeStandIn({
  standIn: umbraco,
  event: PUBLISH,
  otherPayload: { Id: "00000000-1111-4222-8333-444444444444" },
  maximumAttempts: 6,
  headers: {
    "user-agent": /^Umbraco-Cms\/17\.0\.0$/,
    "content-type": /^application\/json; charset=utf-8$/,
    "umb-webhook-event": /^Umbraco\.ContentPublish$/,
    "umb-webhook-retrycount": /^0$/,
    "umb-webhook-date": / GMT$/,
    "x-webhook-secret": /^[0-9a-f]{64}$/,
    "x-source": /^website$/,
  },
  createSubscriber: createSubscriber(provider, { ...settings, headers: { "X-Source": "website" } }),
  callApi: (url, credentials) =>
    logIn(url, credentials === "right" ? (umbraco.connection(url).clientSecret ?? "") : "wrong"),
  refusedStatus: 401,
});

describe("the Management API", () => {
  it("answers create with an empty 201, whose headers tell the id", async () => {
    const { send } = connect();
    const { status, headers, data } = await send(post(WEBHOOKS, wanted));
    const id = headers.get("umb-generated-resource");
    expect({ status, data }).toEqual({ status: 201, data: "" });
    expect(headers.get("location")).toBe(`${WEBHOOKS}/${id}`);
    expect((await send(get(`${WEBHOOKS}/${id}`))).data).toMatchObject({
      id,
      ...wanted,
      events: [{}],
    });
  });

  it("takes the id that a client chooses", async () => {
    const { send } = connect();
    const id = "6c1f3b3e-6a11-4e5e-9d0e-3b8a8a2c7a10";
    const { headers } = await send(post(WEBHOOKS, { ...wanted, id }));
    expect(headers.get("umb-generated-resource")).toBe(id);
  });

  it("shows events as objects, and files unknown ones under Other", async () => {
    const { send } = connect();
    await send(post(WEBHOOKS, { ...wanted, events: [PUBLISH, "Umbraco.NoSuchThing"] }));
    expect(readPath((await send(get(WEBHOOKS))).data, "items.0.events")).toEqual([
      { alias: PUBLISH, eventName: "Content Published", eventType: "Content" },
      { alias: "Umbraco.NoSuchThing", eventName: "Umbraco.NoSuchThing", eventType: "Other" },
    ]);
  });

  it("forgets with an update what the update leaves out", async () => {
    const { send } = connect();
    const headers = { "X-Source": "website" };
    const made = await send(post(WEBHOOKS, { ...wanted, headers, name: "Website" }));
    const path = `${WEBHOOKS}/${made.headers.get("umb-generated-resource")}`;
    expect(await send(put(path, { url: URL_OF_ENDPOINT, events: [DELETE] }))).toMatchObject({
      status: 200,
    });
    expect((await send(get(path))).data).toMatchObject({
      events: [{ alias: DELETE }],
      headers: {},
      name: null,
      enabled: false,
    });
  });

  it.each([
    [{ ...wanted, url: "" }, "One or more validation errors occurred."],
    [{ ...wanted, contentTypeKeys: ["article"] }, "One or more validation errors occurred."],
    [{ ...wanted, events: [] }, "No events specified"],
  ])("refuses %j", async (body, title) => {
    const { send, app } = connect();
    expect(await send(post(WEBHOOKS, body))).toMatchObject({ status: 400, data: { title } });
    expect(app.subscriptions()).toEqual([]);
  });

  it("knows nothing of a webhook that is not there", async () => {
    const { send } = connect();
    const path = `${WEBHOOKS}/6c1f3b3e-6a11-4e5e-9d0e-3b8a8a2c7a10`;
    for (const request of [get(path), put(path, wanted), del(path)])
      expect(await send(request)).toMatchObject({ status: 404 });
  });

  it("wants a token for everything", () => {
    const { app } = connect();
    const call = { method: "GET", query: new URLSearchParams(), headers: new Map(), body: "" };
    for (const path of [WEBHOOKS, `${WEBHOOKS}/events`, `${API}/tree/document-type/root`])
      expect(app.handle({ ...call, path })).toMatchObject({ status: 401 });
  });
});
