import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createApiClient } from "../../src/http/api-client";
import type { ApiClientOptions, ApiRequest } from "../../src/http/api-request";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Reply = (response: ServerResponse) => void;

const seen: Seen[] = [];
let reply: Reply = (response) => response.end();

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = "", url = "", headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(chunks).toString("utf8") });
  reply(response);
});

const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const send = (request: ApiRequest, options: Partial<ApiClientOptions> = {}) =>
  createApiClient({ baseUrl: `${baseUrl()}/v1`, ...options })(request);

const answering = (status: number, type: string, body: string): Reply => {
  return (response) => response.writeHead(status, { "Content-Type": type, "X-Id": "7" }).end(body);
};

const HOOKS: ApiRequest = { method: "GET", path: "/hooks" };

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
beforeEach(() => {
  seen.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

describe("an answer", () => {
  it.each([
    ["JSON", answering(200, "application/json", '{"id":1}'), { id: 1 }],
    ["JSON that is not called so", answering(200, "text/html", "[1]"), [1]],
    ["text", answering(200, "text/plain", "gone fishing"), "gone fishing"],
    ["half of some JSON", answering(200, "application/json", '{"id":'), '{"id":'],
    ["nothing", answering(204, "text/plain", ""), ""],
  ])("is read when it is %s", async (_name, given, data) => {
    reply = given;
    expect((await send(HOOKS)).data).toEqual(data);
  });

  it("tells its status, and its headers in lower case", async () => {
    reply = answering(503, "text/plain", "down");
    const { status, headers } = await send(HOOKS);
    expect(status).toBe(503);
    expect(headers.get("x-id")).toBe("7");
  });

  it("is a redirect itself, so that no credential goes to another host", async () => {
    reply = (response) =>
      response.writeHead(302, { location: `${baseUrl()}/elsewhere` }).end("moved");
    const { status } = await send(HOOKS, { headers: { authorization: "Bearer 1" } });
    expect(status).toBe(302);
    expect(seen.map(({ url }) => url)).toEqual(["/v1/hooks"]);
  });
});

describe("a call", () => {
  beforeEach(() => {
    reply = answering(200, "application/json", "{}");
  });

  it("carries what the connection and what the call itself asks for", async () => {
    await send(
      { ...HOOKS, query: { page: 2, after: undefined, name: "a b&c" }, headers: { "x-call": "2" } },
      { headers: { authorization: "Bearer 1", "x-call": "1" }, query: { key: "k", page: "1" } },
    );
    const [{ url, headers }] = seen as [Seen];
    expect(new URL(url, baseUrl()).pathname).toBe("/v1/hooks");
    expect(Object.fromEntries(new URL(url, baseUrl()).searchParams)).toEqual({
      key: "k",
      page: "2",
      name: "a b&c",
    });
    expect(headers).toMatchObject({
      authorization: "Bearer 1",
      "x-call": "2",
      accept: "application/json",
      "user-agent": "Hookline",
    });
  });

  it("may carry JSON", async () => {
    await send({ method: "POST", path: "/hooks", body: { json: { name: "wéb" } } });
    expect(seen).toMatchObject([{ method: "POST", body: '{"name":"wéb"}' }]);
    expect(seen[0]?.headers["content-type"]).toBe("application/json");
  });

  it("may carry a form, with names that repeat", async () => {
    const form = [
      ["event[]", "a b"],
      ["event[]", "c&d"],
    ] as const;
    await send({ method: "POST", path: "/hooks", body: { form } });
    expect([...new URLSearchParams(seen[0]?.body)]).toEqual(form);
    expect(seen[0]?.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
  });

  it("joins base URL and path with one slash", async () => {
    await send(HOOKS, { baseUrl: `${baseUrl()}/v2//` });
    expect(seen[0]?.url).toBe("/v2/hooks");
  });
});

describe("no answer", () => {
  const refused = { code: "PROVIDER_UNREACHABLE", retryable: true };

  it("is told for a host that takes no calls", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    await new Promise((resolve) => other.close(resolve));
    const error = await send(HOOKS, { baseUrl: `http://127.0.0.1:${port}` }).catch((e) => e);
    expect(error).toMatchObject(refused);
    expect(error.message).toMatch(
      new RegExp(
        `^127\\.0\\.0\\.1:${port} did not answer: it refused the connection \\(ECONNREFUSED\\)\\. Check the connection's`,
      ),
    );
  });

  it("is told for a host that takes too long to begin, or to end", async () => {
    for (const stall of [
      () => undefined,
      (response: ServerResponse) => response.writeHead(200).write("{"),
    ]) {
      reply = stall;
      const error = await send(HOOKS, { timeoutMilliseconds: 50 }).catch((e) => e);
      expect(error).toMatchObject(refused);
      expect(error.message).toContain("it took too long");
    }
  });

  it("is told for a connection that breaks", async () => {
    reply = (response) => response.destroy();
    const error = await send(HOOKS).catch((e) => e);
    expect(error).toMatchObject(refused);
    expect(error.message).toContain("it closed the connection (UND_ERR_SOCKET)");
  });

  it("is told for an answer that is too large to be one", async () => {
    const chunk = Buffer.alloc(1024 * 1024, "a");
    reply = (response) => {
      for (let count = 0; count < 9; count++) response.write(chunk);
      response.end();
    };
    const error = await send(HOOKS).catch((e) => e);
    expect(error).toMatchObject(refused);
    expect(error.message).toContain("the answer is larger than 8 MB");
  });

  it("repeats no query, because one may hold a credential", async () => {
    reply = (response) => response.destroy();
    const error = await send(HOOKS, { query: { token: "t0p-secret" } }).catch((e) => e);
    expect(error.message).not.toContain("t0p-secret");
    expect(error.message).not.toContain("/hooks");
  });
});

it.each(["t0p\nsecret", "t0p\0secret", "t0p…secret"])(
  "credentials that no header can carry, %j, are refused without being told",
  async (token) => {
    const options = { headers: { authorization: `Bearer ${token}` } };
    const error = await send(HOOKS, options).catch((e) => e);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID", retryable: false });
    expect(error.message).toContain("Enter them again");
    expect(`${error.message}${error.cause ?? ""}`).not.toMatch(/t0p|secret/);
    expect(seen).toEqual([]);
  },
);

it("a base URL that fetch refuses is not told whole", async () => {
  const error = await send(HOOKS, { baseUrl: "http://user:t0p-secret@127.0.0.1" }).catch((e) => e);
  expect(error).toMatchObject({ code: "PROVIDER_UNREACHABLE" });
  expect(error.message).not.toContain("t0p-secret");
});
