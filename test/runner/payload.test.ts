import { send, sendJson } from "./support/requests";
import { startTestRunner, type TestRunner, toDefinition, writeYaml } from "./support/running";

let runner: TestRunner;
let url: string;

beforeAll(async () => {
  const flows = { Echo: { trigger: "echo" }, Other: { trigger: "obey" } };
  runner = await startTestRunner({ integration: writeYaml(toDefinition(flows)) });
  url = runner.urlOf("Echo");
});

const seen = async (path = "", sent: Parameters<typeof send>[1] = {}) =>
  JSON.parse((await send(`${url}${path}`, sent)).text);

const bodyOf = async (contentType: string | undefined, body: string | Buffer) => {
  const headers = contentType === undefined ? [] : ["Content-Type", contentType];
  return (await seen("", { headers, body })).payload;
};

describe("headers", () => {
  test("keep the caller's own casing", async () => {
    const headers = ["X-Slack-Signature", "a", "x-hub-signature", "b", "X-MIXED-case", "c"];
    const { payload } = await seen("", { headers });
    expect(payload.headers).toMatchObject({
      "X-Slack-Signature": "a",
      "x-hub-signature": "b",
      "X-MIXED-case": "c",
      Host: new URL(url).host,
    });
  });

  test("that are repeated are joined under the first casing, cookies in their own way", async () => {
    const headers = ["X-Many", "1", "x-many", "2", "Cookie", "a=1", "Cookie", "b=2"];
    const { payload } = await seen("", { headers });
    expect(payload.headers["X-Many"]).toBe("1, 2");
    expect(payload.headers).not.toHaveProperty("x-many");
    expect(payload.headers.Cookie).toBe("a=1; b=2");
  });

  test("called like something of an object's prototype are data", async () => {
    const { payload } = await seen("", { headers: ["__proto__", "x", "constructor", "y"] });
    expect(Object.getOwnPropertyDescriptor(payload.headers, "__proto__")?.value).toBe("x");
    expect(payload.headers.constructor).toBe("y");
  });
});

describe("the URL", () => {
  test("without a query gives null, with one gives strings", async () => {
    expect((await seen()).payload.queryParameters).toBeNull();
    expect((await seen("?")).payload.queryParameters).toBeNull();
    const { payload } = await seen("?a=1&b=x%20y&a=2&empty=");
    expect(payload.queryParameters).toEqual({ a: "2", b: "x y", empty: "" });
  });

  test("may go on behind the endpoint", async () => {
    expect((await seen()).payload.pathFragment).toBe("");
    expect((await seen("/my/custom/path?x=1")).payload.pathFragment).toBe("my/custom/path");
    expect((await seen("/%zz/a%2Fb")).payload.pathFragment).toBe("%zz/a%2Fb");
  });

  test("may have its endpoint percent-encoded", async () => {
    const encoded = url.replaceAll("=", "%3D");
    expect((await send(encoded)).status).toBe(200);
  });
});

describe("the body", () => {
  test("of JSON is parsed, and raw bytes stay as they came", async () => {
    const text = '{ "a" : [1, "ü"] }\r\n';
    const payload = await bodyOf("application/json; charset=utf-8", text);
    expect(payload.body).toEqual({
      data: { a: [1, "ü"] },
      contentType: "application/json; charset=utf-8",
    });
    expect(payload.rawBody.contentType).toBe("application/json; charset=utf-8");
    expect(Buffer.from(payload.rawBody.data.buffer, "base64")).toEqual(Buffer.from(text));
  });

  test.each([
    "text/plain",
    "application/xml",
    "text/csv",
    "application/soap+xml",
    "application/x-www-form-urlencoded",
  ])("of %s stays text", async (contentType) => {
    expect((await bodyOf(contentType, "a=1&b=ü")).body.data).toBe("a=1&b=ü");
  });

  test("of an unknown type stays bytes, whatever they are", async () => {
    const bytes = Buffer.from([0, 255, 254, 10, 13, 0]);
    const payload = await bodyOf("image/png", bytes);
    expect(payload.body.data).toEqual({ buffer: bytes.toString("base64") });
    expect(payload.rawBody.data).toEqual({ buffer: bytes.toString("base64") });
  });

  test("without a type is text without a type", async () => {
    const payload = await bodyOf(undefined, "plain");
    expect(payload.body).toEqual({ data: "plain" });
    expect(payload.rawBody).toEqual({ data: { buffer: Buffer.from("plain").toString("base64") } });
  });

  test("that is empty is never malformed, also as JSON", async () => {
    expect((await bodyOf("application/json", "")).body.data).toBe("");
    expect((await bodyOf("multipart/form-data; boundary=x", "")).body.data).toBe("");
  });

  test("of several parts gives each part by name", async () => {
    const part = (head: string, content: string) =>
      `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
    const body = [
      part('name="person"\r\nContent-Type: application/json', '{"firstname":"Ada"}'),
      part('name="note"', "hello"),
      part(
        'name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream',
        "\u0000\u0001",
      ),
      part('name="__proto__"', "polluted"),
      "--b--\r\n",
    ].join("");
    const { data } = (await bodyOf("multipart/form-data; boundary=b", body)).body;
    expect(data.person).toEqual({ data: { firstname: "Ada" }, contentType: "application/json" });
    expect(data.note.data).toBe("hello");
    expect(data.file.contentType).toBe("application/octet-stream");
    expect(Buffer.from(data.file.data.data)).toEqual(Buffer.from([0, 1]));
  });

  test("of several parts that is not well-formed stays bytes", async () => {
    const bytes = Buffer.from("--b\r\nContent-Dispo");
    const payload = await bodyOf("multipart/form-data; boundary=b", bytes);
    expect(payload.body.data).toEqual({ buffer: bytes.toString("base64") });
  });

  test("of malformed JSON is refused before the trigger runs", async () => {
    runner.deliveries.length = 0;
    const reply = await send(url, {
      headers: ["content-type", "Application/JSON"],
      body: '{"a":',
    });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toEqual({ error: "Received malformed JSON payload." });
    expect(runner.deliveries[0]).toMatchObject({ flowRan: false, status: 400 });
  });

  test("nested a hundred thousand deep does no harm", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const reply = await send(url, { headers: ["Content-Type", "application/json"], body: deep });
    expect([200, 400]).toContain(reply.status);
    expect((await send(url)).status).toBe(200);
  });
});

describe("ids and surroundings", () => {
  test("have Prismatic's forms", async () => {
    const { payload } = await seen();
    const decode = (id: string) => Buffer.from(id, "base64").toString();
    expect(decode(payload.executionId)).toMatch(/^InstanceExecutionResult:[0-9a-f-]{36}$/);
    expect(decode(payload.flow.id)).toMatch(/^IntegrationFlow:/);
    expect(payload.invokeUrl).toBe(url);
    expect(decode(url.split("/trigger/")[1]!)).toMatch(/^InstanceFlowConfig:[0-9a-f-]{36}$/);
    expect(payload.startedAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/);
  });

  test("name webhook URLs by flow name", async () => {
    const { payload } = await seen();
    expect(payload.webhookUrls).toEqual({ Echo: url, Other: runner.urlOf("Other") });
    expect(payload.webhookApiKeys).toEqual({ Echo: [], Other: [] });
  });

  test("tell a flow's stable id from its id and its name", async () => {
    const { flow } = (await seen()).payload;
    expect(new Set([flow.id, flow.name, flow.stableId]).size).toBe(3);
  });

  test("are the same in the context, which says that this is no simulation", async () => {
    const { payload, context, loggerLevels } = await seen();
    const shared = [
      "executionId",
      "invokeUrl",
      "webhookUrls",
      "customer",
      "instance",
      "user",
      "integration",
      "flow",
      "startedAt",
    ];
    for (const key of shared) expect(context[key]).toEqual(payload[key]);
    expect(context).toMatchObject({
      executionState: {},
      instanceState: {},
      crossFlowState: {},
      integrationState: {},
      configVars: {},
      isSimulatedTestExecution: false,
    });
    expect(loggerLevels).toEqual(["metric", "trace", "debug", "info", "log", "warn", "error"]);
  });

  test("give the component its own folder to work in", async () => {
    expect((await seen()).cwd).toMatch(/fixtures\/behaviours$/);
  });
});

test("params are raw with the inputs' defaults, and cleaned once, by the bundle", async () => {
  const { params } = await seen();
  expect(params).toEqual({
    plain: "from the default",
    flag: "false",
    cleaned: "string:5",
    pairs: [],
    list: [],
  });
});

test.each(["POST", "PUT", "PATCH", "DELETE", "GET"])("%s reaches the trigger", async (method) => {
  expect((await send(url, { method })).status).toBe(200);
});

test.each(["HEAD", "OPTIONS"])(
  "%s does not: nothing says that the platform takes it",
  async (method) => {
    const reply = await send(url, { method });
    expect(reply.status).toBe(405);
    expect(reply.headers.allow).toBe("POST, PUT, PATCH, DELETE, GET");
  },
);

test("two requests do not see what the other changed in its params", async () => {
  const first = await sendJson(url, {});
  const second = await sendJson(url, {});
  expect(JSON.parse(first.text).params).toEqual(JSON.parse(second.text).params);
});
