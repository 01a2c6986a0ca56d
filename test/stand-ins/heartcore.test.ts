import { readPath, readPathAll } from "../../src/http/json-path";
import { createHeartcore, heartcore } from "../../src/stand-ins/heartcore";
import type { HeartcoreDefects } from "../../src/stand-ins/heartcore/firing";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { describeStandIn } from "../contracts/stand-in";
import { type LocalEndpoint, listen } from "../source-systems/heartcore-world";
import type { Subscriber, SubscriberOptions } from "../support/subscriber";

const PRODUCTS = "ec4aafcc-0c25-4f25-a8fe-705bfae1d324";
const PHOTO = "662af6ca-411a-4c93-a6c7-22c4845698e7";
const SECRET = "secret-0123456789";
const EVENTS = ["content.publish", "content.unpublish", "content.delete"];

let standIn: RunningStandIn;
let endpoint: LocalEndpoint;
let respond: (count: number) => number;

const start = async (defects: HeartcoreDefects = {}) => {
  await standIn?.close();
  standIn = await startStandIn(createHeartcore(defects), { port: 0, retryPauseMilliseconds: 0 });
};

beforeEach(async () => {
  respond = () => 200;
  endpoint = await listen((_arrival, response, count) =>
    response.writeHead(respond(count), { location: "/elsewhere" }).end(),
  );
  await start();
});

afterEach(async () => {
  await standIn.close();
  await endpoint.close();
});

const callers = { "umb-project-alias": "acme-website", "api-key": "stand-in-api-key" };

const call = async (
  api: "baseUrl" | "deliveryUrl",
  path: string,
  {
    headers = callers,
    ...init
  }: { headers?: Record<string, string>; method?: string; body?: string } = {},
) => {
  const response = await fetch(`${standIn.connection[api]}${path}`, {
    ...init,
    headers: { "content-type": "application/json", ...headers },
  });
  return { status: response.status, data: (await response.json()) as unknown };
};

const typeIn = (made: Record<string, unknown> = {}) =>
  standIn.addByHand({
    endpointUrl: endpoint.url,
    events: EVENTS,
    headers: { "X-Webhook-Secret": SECRET },
    ...made,
  });

const bodies = () => endpoint.arrivals.map(({ body }) => JSON.parse(body));

describe("the management API", () => {
  it("lists content types and media types in HAL", async () => {
    const content = await call("baseUrl", "/content/type");
    const media = await call("baseUrl", "/media/type");
    expect(readPath(content.data, "_embedded.contenttypes")).toContainEqual(
      expect.objectContaining({ alias: "products", name: "Products", _id: expect.any(String) }),
    );
    expect(readPath(content.data, "_links.contenttypes")).toContainEqual({
      href: "/api/content/type/products",
    });
    expect(readPathAll(media.data, "_embedded.mediatypes.*.alias")).toEqual([
      "Folder",
      "Image",
      "File",
    ]);
  });

  it("shows one type by its alias, and knows no others", async () => {
    expect(await call("baseUrl", "/content/type/home")).toMatchObject({ data: { name: "Home" } });
    expect(await call("baseUrl", "/content/type/hom")).toEqual({
      status: 404,
      data: {
        error: { code: "NotFound", message: "Content Type with alias 'hom' could not be found." },
      },
    });
  });

  it.each<[string, Record<string, string>]>([
    ["no key", { "umb-project-alias": "acme-website" }],
    ["a wrong key", { ...callers, "api-key": "another" }],
    ["no project", { "api-key": "stand-in-api-key" }],
  ])("refuses a caller with %s", async (_name, headers) => {
    expect(await call("baseUrl", "/content/type", { headers })).toEqual({
      status: 401,
      data: {
        error: {
          code: "Unauthorized",
          message: "Authorization has been denied for this request.",
        },
      },
    });
  });

  it("takes the key by HTTP Basic and the project in the query, too", async () => {
    const authorization = `Basic ${Buffer.from("stand-in-api-key:").toString("base64")}`;
    const path = "/content/type?Umb-Project-Alias=acme-website";
    expect(await call("baseUrl", path, { headers: { authorization } })).toMatchObject({
      status: 200,
    });
  });

  it("has nothing about webhooks", async () => {
    expect(await call("baseUrl", "/webhook")).toMatchObject({ status: 404 });
    expect(await call("baseUrl", "/webhooks", { method: "POST", body: "{}" })).toMatchObject({
      status: 404,
    });
  });
});

describe("the delivery API", () => {
  it("serves what is published, content and media apart, in the shape of a publish", async () => {
    expect(await call("deliveryUrl", `/content/${PRODUCTS}`)).toMatchObject({
      status: 200,
      data: { _id: PRODUCTS, contentTypeAlias: "products", name: "Products" },
    });
    expect(await call("deliveryUrl", `/media/${PHOTO}`)).toMatchObject({
      status: 200,
      data: { _id: PHOTO, mediaTypeAlias: "Image" },
    });
    expect(await call("deliveryUrl", `/media/${PRODUCTS}`)).toMatchObject({ status: 404 });
  });

  it("is open without a key, and closed without a project", async () => {
    const path = `/content/${PRODUCTS}`;
    const headers = { "umb-project-alias": "acme-website" };
    expect(await call("deliveryUrl", path, { headers })).toMatchObject({ status: 200 });
    expect(await call("deliveryUrl", path, { headers: {} })).toMatchObject({ status: 401 });
  });

  it.each(["content.unpublish", "content.delete"])(
    "knows nothing any more after %s",
    async (event) => {
      await standIn.fire(event);
      expect(await call("deliveryUrl", `/content/${PRODUCTS}`)).toMatchObject({
        status: 404,
        data: { error: { code: "NotFound", message: expect.stringContaining(PRODUCTS) } },
      });
    },
  );
});

describe("a webhook that was typed in", () => {
  it("gets a publish as the content, with the event in a header and its own headers", async () => {
    typeIn();
    await standIn.fire("content.publish");
    const [arrival] = endpoint.arrivals;
    expect(arrival?.method).toBe("POST");
    expect(arrival?.headers).toMatchObject({
      "umb-headless-event": "content.publish",
      "x-webhook-secret": SECRET,
      "content-type": expect.stringContaining("application/json"),
    });
    expect(bodies()).toMatchObject([{ _id: PRODUCTS, name: "Products" }]);
  });

  it("gets an unpublish and a delete as the id alone", async () => {
    typeIn();
    await standIn.fire("content.unpublish");
    await standIn.fire("content.delete");
    expect(bodies()).toEqual([{ _id: PRODUCTS }, { _id: PRODUCTS }]);
  });

  it("gets no id at all for a delete while that defect is switched on", async () => {
    await start({ zeroIds: true });
    typeIn();
    await standIn.fire("content.unpublish");
    await standIn.fire("content.delete");
    expect(bodies()).toEqual([{ _id: PRODUCTS }, { _id: "00000000-0000-0000-0000-000000000000" }]);
    expect(await call("deliveryUrl", `/content/${PRODUCTS}`)).toMatchObject({ status: 404 });
  });

  it.each<[string, Record<string, unknown>, number]>([
    ["the events of its content type", { contentTypes: ["products"] }, 2],
    ["none of another content type", { contentTypes: ["home", "Image"] }, 0],
    ["only the events that it asked for", { events: ["content.delete"] }, 1],
    ["nothing while it is disabled", { enabled: false }, 0],
  ])("gets %s", async (_name, made, count) => {
    typeIn(made);
    await standIn.fire("content.publish");
    await standIn.fire("content.delete");
    expect(endpoint.arrivals).toHaveLength(count);
  });

  it("is shown to people without its secret", async () => {
    typeIn();
    const state = await (await fetch(`${standIn.url}/_stand-in`)).text();
    expect(state).toContain("content.publish");
    expect(state).not.toContain(SECRET);
    expect(standIn.subscriptions()).toMatchObject([{ secret: SECRET }]);
  });

  it("can be typed in over HTTP, and removed", async () => {
    const made = { endpointUrl: endpoint.url, events: EVENTS, contentTypes: ["home"] };
    await fetch(`${standIn.url}/_stand-in/subscriptions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(made),
    });
    await standIn.fire("content.publish");
    expect(endpoint.arrivals).toEqual([]);
    const [{ id = "" } = {}] = standIn.subscriptions();
    standIn.removeByHand(id);
    expect(standIn.subscriptions()).toEqual([]);
  });
});

describe("delivering", () => {
  it.each([500, 404, 302])("ends after ten attempts that are answered %d", async (status) => {
    respond = () => status;
    typeIn();
    const [report] = await standIn.fire("content.publish");
    expect(report).toMatchObject({ outcome: "failed" });
    expect(report?.attempts).toHaveLength(10);
    expect(endpoint.arrivals.every(({ path }) => path !== "/elsewhere")).toBe(true);
  });

  it("ends with the first success", async () => {
    respond = (count) => (count < 10 ? 503 : 204);
    typeIn();
    const [report] = await standIn.fire("content.publish");
    expect(report).toMatchObject({ outcome: "delivered" });
    expect(new Set(endpoint.arrivals.map(({ body }) => body)).size).toBe(1);
  });

  it("repeats what succeeded, where that is switched on", async () => {
    standIn.setFaults({ duplicates: true });
    typeIn();
    await standIn.fire("content.publish");
    expect(endpoint.arrivals).toHaveLength(2);
  });
});

describe("a change over the management API", () => {
  const json = (data: unknown) => JSON.stringify(data);

  it("causes the events that the backoffice would, with the API's user as writer", async () => {
    typeIn();
    const made = await call("baseUrl", "/content", {
      method: "POST",
      body: json({ name: { $invariant: "Boots" }, contentTypeAlias: "product" }),
    });
    expect(made).toMatchObject({
      status: 201,
      data: { _currentVersionState: { $invariant: "DRAFT" }, name: { $invariant: "Boots" } },
    });
    const _id = readPath(made.data, "_id");
    const path = `/content/${_id}`;
    expect(await call("deliveryUrl", path)).toMatchObject({ status: 404 });
    const published = await call("baseUrl", `${path}/publish`, { method: "PUT" });
    expect(readPath(published.data, "_currentVersionState")).toEqual({ $invariant: "PUBLISHED" });
    expect(await call("deliveryUrl", path)).toMatchObject({ data: { name: "Boots" } });
    await call("baseUrl", `${path}/unpublish`, { method: "PUT" });
    await call("baseUrl", path, { method: "DELETE" });
    expect(await call("baseUrl", path)).toMatchObject({ status: 404 });
    await standIn.fire("content.publish");
    expect(endpoint.arrivals.map(({ headers }) => headers["umb-headless-event"])).toEqual([
      "content.publish",
      "content.unpublish",
      "content.delete",
      "content.publish",
    ]);
    expect(bodies().slice(0, 3)).toEqual([
      expect.objectContaining({ _id, name: "Boots", _writerName: "API User" }),
      { _id },
      { _id },
    ]);
  });

  it("that is only saved causes none", async () => {
    typeIn();
    await call("baseUrl", `/content/${PRODUCTS}`, {
      method: "PUT",
      body: json({ name: { $invariant: "Goods" } }),
    });
    await standIn.fire("content.delete");
    expect(endpoint.arrivals).toHaveLength(1);
  });

  it("of nothing is refused", async () => {
    expect(await call("baseUrl", "/content", { method: "POST" })).toMatchObject({
      status: 400,
      data: { error: { code: "BadRequest", message: "Body cannot be empty." } },
    });
  });
});

/** Does in the backoffice what the set-up says. */
const createOperator = ({ standIn: running, endpointUrl }: SubscriberOptions): Subscriber => {
  const removeOurs = () => {
    for (const found of running.subscriptions())
      if (found.endpointUrl === endpointUrl) running.removeByHand(found.id);
  };
  const typeInOnce = (enabled: boolean) => {
    if (running.subscriptions().some((found) => found.enabled === enabled)) return;
    removeOurs();
    const headers = { "X-Webhook-Secret": SECRET };
    running.addByHand({ endpointUrl, events: EVENTS, headers, enabled });
  };
  return {
    subscribe: async () => typeInOnce(true),
    disable: async () => typeInOnce(false),
    remove: async () => removeOurs(),
    secrets: () => [SECRET],
  };
};

describeStandIn({
  standIn: heartcore,
  event: "content.publish",
  otherPayload: { _id: PHOTO, contentTypeAlias: "product", name: "Boots" },
  maximumAttempts: 10,
  headers: { "umb-headless-event": /^content\.publish$/, "x-webhook-secret": /./ },
  createSubscriber: createOperator,
  callApi: (url, credentials) =>
    fetch(`${url}/api/content/type`, {
      headers: { ...callers, ...(credentials === "wrong" && { "api-key": "another" }) },
    }),
  refusedStatus: 401,
});
