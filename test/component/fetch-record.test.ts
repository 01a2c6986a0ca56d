import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConnectionError, component } from "@prismatic-io/spectral";
import { fetchRecord } from "../../src/component/actions/fetch-record";

const ID = "e70dc673-600c-41a2-a1a9-5c3259a919bb";
const API_KEY = "key-0123456789";
const content = { _id: ID, contentTypeAlias: "products", name: "Products" };

let server: Server;
let received: IncomingMessage[] = [];
let reply: (request: IncomingMessage) => readonly [status: number, body: unknown];

beforeEach(async () => {
  received = [];
  reply = () => [200, content];
  server = createServer((request, response) => {
    received.push(request);
    const [status, body] = reply(request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

const { perform } = component({
  key: "test",
  public: false,
  display: { label: "Test", description: "A test.", iconPath: "icon.png" },
  actions: { fetchRecord },
}).actions.fetchRecord as unknown as {
  perform: (context: unknown, inputs: unknown) => Promise<{ data: unknown }>;
};

const heartcoreConnection = (fields: Record<string, string> = {}) => ({
  key: "heartcore",
  configVarKey: "Heartcore",
  fields: {
    projectAlias: "acme",
    apiKey: API_KEY,
    deliveryUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...fields,
  },
});

const deliveryOf = (type: string, orderingKey: string | null = ID) => ({
  provider: "heartcore",
  verified: true,
  id: "1",
  type,
  orderingKey,
  events: [{ id: "1", type, orderingKey, data: { _id: orderingKey } }],
});

const fetchIt = async (delivery: unknown, connection: unknown = heartcoreConnection()) => {
  const logged: string[] = [];
  const warn = (message: string) => logged.push(message);
  const { data } = await perform(
    { logger: { warn, info: warn, debug: warn, error: warn } },
    { connection, delivery },
  );
  return { data, logged };
};

describe("an id-only delivery", () => {
  it("is completed from the delivery API", async () => {
    const { data } = await fetchIt(deliveryOf("content.unpublish"));
    expect(data).toEqual({ record: content, gone: false });
    const [request] = received;
    expect(request?.url).toBe(`/content/${ID}`);
    expect(request?.headers).toMatchObject({
      "umb-project-alias": "acme",
      "api-version": "2.3",
      "api-key": API_KEY,
    });
  });

  it("of media is completed from media", async () => {
    await fetchIt(deliveryOf("media.save"));
    expect(received[0]?.url).toBe(`/media/${ID}`);
  });

  it("is completed without a key where the API is open", async () => {
    await fetchIt(deliveryOf("content.publish"), heartcoreConnection({ apiKey: "" }));
    expect(received[0]?.headers).not.toHaveProperty("api-key");
  });

  it("may come as JSON", async () => {
    const { data } = await fetchIt(JSON.stringify(deliveryOf("content.publish")));
    expect(data).toMatchObject({ gone: false });
  });

  it("is gone where there is no record any more", async () => {
    reply = () => [404, { error: { code: "NotFound", message: "could not be found" } }];
    const { data } = await fetchIt(deliveryOf("content.delete"));
    expect(data).toEqual({ record: null, gone: true });
  });

  it("without an id has no record, is not gone, and says so", async () => {
    const { data, logged } = await fetchIt(deliveryOf("content.delete", null));
    expect(data).toEqual({ record: null, gone: false });
    expect(logged.join()).toContain("content.delete names no record");
    expect(received).toEqual([]);
  });
});

describe("a failure", () => {
  it("of the credentials is the connection's", async () => {
    reply = () => [401, { error: { code: "Unauthorized", message: `denied: ${API_KEY}` } }];
    const error = await fetchIt(deliveryOf("content.publish")).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).not.toContain(API_KEY);
  });

  it("to redirect is no way to learn the key", async () => {
    reply = () => [302, {}];
    await expect(fetchIt(deliveryOf("content.publish"))).rejects.toThrow("redirects");
    expect(received).toHaveLength(1);
  });

  it("of the provider is told with its status", async () => {
    reply = () => [422, { error: { code: "ValidationFailed", message: "no such version" } }];
    await expect(fetchIt(deliveryOf("content.publish"))).rejects.toThrow(
      "Could not fetch the record: the provider answered 422. It says: no such version",
    );
  });

  it.each([
    ["is no delivery", { id: 7 }, /^Delivery: reference payload\.delivery/],
    ["is no JSON", "{", /^Delivery: reference payload\.delivery/],
    ["was rejected", { ...deliveryOf("x"), events: [] }, /^Delivery: it has no event/],
    [
      "has several events",
      { provider: "heartcore", events: [{ type: "a" }, { type: "b" }] },
      /^Delivery: it has 2 events/,
    ],
    [
      "comes from a provider without records",
      { ...deliveryOf("x"), provider: "stripe" },
      /^Delivery: records of Stripe cannot be fetched\. Those of .*Umbraco Heartcore/,
    ],
    ["comes from nobody we know", { ...deliveryOf("x"), provider: "hartcore" }, /No provider/],
  ])("names what to mend when the delivery %s", async (_name, delivery, message) => {
    await expect(fetchIt(delivery)).rejects.toThrow(message);
    expect(received).toEqual([]);
  });

  it("names the kind of connection that is needed", async () => {
    const other = { ...heartcoreConnection(), key: "signingSecret" };
    await expect(fetchIt(deliveryOf("content.publish"), other)).rejects.toThrow(
      "Umbraco Heartcore",
    );
  });
});
