import { toTriggerAnswer } from "../../src/runner/platform/answer";
import { platformUnknowns } from "../../src/runner/platform/unknowns";
import { send, sendJson } from "./support/requests";
import { startTestRunner, type TestRunner, toDefinition, writeYaml } from "./support/running";

let runner: TestRunner;
let url: string;

beforeAll(async () => {
  const flows = { Obey: { trigger: "obey" }, Branching: { trigger: "branching" } };
  runner = await startTestRunner({ integration: writeYaml(toDefinition(flows)) });
  url = runner.urlOf("Obey");
});

beforeEach(() => {
  runner.deliveries.length = 0;
});

const respond = (response: unknown) => sendJson(url, { do: "respond", response });
const errorOf = (text: string): string => JSON.parse(text).error;

test("without a response it is 200 with the execution's id, in the body and in a header", async () => {
  for (const order of [{ do: "undefined" }, { do: "return", result: { payload: 1 } }]) {
    const reply = await sendJson(url, order);
    const { executionId } = JSON.parse(reply.text);
    expect(reply.status).toBe(200);
    expect(reply.headers["content-type"]).toBe("application/json");
    expect(reply.headers["prismatic-executionid"]).toBe(executionId);
    expect(Object.keys(JSON.parse(reply.text))).toEqual(["executionId"]);
  }
});

test("is exactly the trigger's response, without a charset or anything else added", async () => {
  const headers = { "X-Custom": "yes", "set-cookie": "a=1" };
  const reply = await respond({ statusCode: 202, contentType: "text/plain", headers, body: "tök" });
  expect(reply.status).toBe(202);
  expect(reply.text).toBe("tök");
  expect(reply.headers["content-type"]).toBe("text/plain");
  expect(reply.rawHeaders).toContain("X-Custom");
  expect(reply.headers["set-cookie"]).toEqual(["a=1"]);
  expect(reply.headers["content-length"]).toBe("4");
});

test("has an empty body where the trigger says so, and the execution's id where it says nothing", async () => {
  const empty = await respond({ statusCode: 200, contentType: "text/plain", body: "" });
  expect(empty.text).toBe("");
  const silent = await respond({ statusCode: 201, contentType: "application/json" });
  expect(silent.status).toBe(201);
  expect(JSON.parse(silent.text)).toHaveProperty("executionId");
});

test("of 204 and 304 has no body and the connection stays usable", async () => {
  for (const statusCode of [204, 304]) {
    const reply = await respond({ statusCode, contentType: "text/plain", body: "not sent" });
    expect(reply.status).toBe(statusCode);
    expect(reply.text).toBe("");
  }
});

test("is not broken by headers that belong to the connection", async () => {
  const headers = {
    "Content-Length": "999",
    "transfer-encoding": "chunked",
    Connection: "upgrade",
    Trailer: "X-Checksum",
  };
  const reply = await respond({
    statusCode: 200,
    contentType: "text/plain",
    headers,
    body: "whole",
  });
  expect(reply.text).toBe("whole");
});

test("with a body that is an object is sent as JSON, as a shipped component does", async () => {
  const reply = await respond({ statusCode: 200, contentType: "application/json", body: { a: 1 } });
  expect(reply.text).toBe('{"a":1}');
});

test.each([
  ["a status that ends nothing", { statusCode: 101, contentType: "text/plain" }, /statusCode/],
  ["a status that is none", { statusCode: "teapot", contentType: "text/plain" }, /statusCode/],
  [
    "a header that splits the response",
    { statusCode: 200, contentType: "text/plain", headers: { "X-A": "1\r\nX-B: 2" } },
    /header "X-A"/,
  ],
  [
    "a header name with a space",
    { statusCode: 200, contentType: "text/plain", headers: { "X A": "1" } },
    /header "X A"/,
  ],
  [
    "a content type that splits the response",
    { statusCode: 200, contentType: "a\r\nb: c" },
    /contentType/,
  ],
  ["a text", "200 OK", /not an object/],
])("that HTTP cannot carry is a clear 500: %s", async (_what, response, message) => {
  const reply = await respond(response);
  expect(reply.status).toBe(500);
  expect(errorOf(reply.text)).toMatch(message);
});

test("with a body that JSON does not know is refused in words", () => {
  const response = { statusCode: 200, contentType: "text/plain", body: () => "a function" };
  expect(() => toTriggerAnswer(response, "id", platformUnknowns)).toThrow(/not function/);
});

test("of a trigger that throws is 400 with its message", async () => {
  const reply = await sendJson(url, {
    do: "throw",
    message: "Webhook rejected: signature-mismatch",
  });
  expect(reply.status).toBe(400);
  expect(reply.headers["content-type"]).toBe("application/json");
  expect(reply.text).toBe('{"error":"Webhook rejected: signature-mismatch"}');
  expect(runner.deliveries[0]).toMatchObject({
    flowRan: false,
    failure: "Webhook rejected: signature-mismatch",
  });
});

test("of a trigger that throws something odd still has words", async () => {
  expect(errorOf((await sendJson(url, { do: "throwText", message: "plain" })).text)).toBe("plain");
  expect(errorOf((await sendJson(url, { do: "throwNothing" })).text)).toMatch(/without a message/);
});

test("of a trigger that throws has the status that was chosen", async () => {
  const integration = writeYaml(toDefinition({ Obey: { trigger: "obey" } }));
  const other = await startTestRunner({ integration, unknowns: { throwStatus: 502 } });
  const reply = await sendJson(other.urlOf("Obey"), { do: "throw", message: "no" });
  expect(reply.status).toBe(502);
});

test("of a trigger that returns no object is a clear 500", async () => {
  const reply = await sendJson(url, { do: "return", result: "text" });
  expect(reply.status).toBe(500);
  expect(errorOf(reply.text)).toMatch(/returned a string/);
});

describe("branches", () => {
  const branch = (order: object) => sendJson(runner.urlOf("Branching"), order);

  test("that the trigger has are taken", async () => {
    expect((await branch({ branch: "URL Verify" })).status).toBe(200);
    expect(runner.deliveries[0]?.branch).toBe("URL Verify");
  });

  test.each([["Elsewhere"], [undefined], [7]])(
    "that it does not have are an error: %s",
    async (name) => {
      const reply = await branch({ branch: name });
      expect(reply.status).toBe(500);
      expect(errorOf(reply.text)).toMatch(/"Notification", "URL Verify", "Rejected"/);
      expect(runner.deliveries[0]?.flowRan).toBe(false);
    },
  );

  test("go on behind a 401, because a response does not stop a flow", async () => {
    const reply = await branch({ branch: "Notification", status: 401 });
    expect(reply.status).toBe(401);
    expect(runner.deliveries[0]).toMatchObject({ flowRan: true, status: 401 });
  });
});

test("a delivery that the trigger describes is reported", async () => {
  const delivery = { provider: "github", type: "push", verified: true, id: "1" };
  await sendJson(url, { do: "delivery", delivery });
  expect(runner.deliveries[0]?.delivery).toEqual({
    provider: "github",
    type: "push",
    verified: true,
    reason: null,
  });
});

test("nobody's URL is a clear 404", async () => {
  const reply = await send(`${runner.url}/trigger/nobody`);
  expect(reply.status).toBe(404);
  expect(errorOf(reply.text)).toMatch(/No flow/);
});

test("GET / lists the flows", async () => {
  const reply = await send(runner.url, { method: "GET" });
  expect(reply.headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(reply.text).toContain(`Obey  ${url}`);
});
