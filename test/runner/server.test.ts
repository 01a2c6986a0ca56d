import { randomBytes } from "node:crypto";
import { send, sendJson, sendRaw } from "./support/requests";
import { startTestRunner, type TestRunner, toDefinition, writeYaml } from "./support/running";

const MEGABYTE = 1024 * 1024;
let runner: TestRunner;
let url: string;
let path: string;
let host: string;

beforeAll(async () => {
  const flows = {
    Obey: { trigger: "obey" },
    Echo: { trigger: "echo" },
    Secured: { trigger: "echo", extra: { endpointSecurityType: "customer_required" } },
  };
  runner = await startTestRunner({
    integration: writeYaml(toDefinition(flows)),
    limits: {
      headersMilliseconds: 1_000,
      requestMilliseconds: 1_500,
      heldBodyBytes: 20 * MEGABYTE,
    },
  });
  url = runner.urlOf("Echo");
  path = new URL(url).pathname;
  host = new URL(url).host;
});

beforeEach(() => {
  runner.deliveries.length = 0;
});

const errorOf = (text: string): string => JSON.parse(text).error;

describe("the size of a body", () => {
  test("may be 6 MB exactly, every byte of it", async () => {
    const body = randomBytes(6 * MEGABYTE);
    const reply = await send(url, { headers: ["Content-Type", "image/png"], body });
    const { payload } = JSON.parse(reply.text);
    expect(Buffer.from(payload.rawBody.data.buffer, "base64").equals(body)).toBe(true);
  });

  test("one byte above is 413, and the connection's owner sees it", async () => {
    const reply = await send(url, { body: Buffer.alloc(6 * MEGABYTE + 1) });
    expect(reply.status).toBe(413);
    expect(errorOf(reply.text)).toMatch(/larger than 6291456 bytes/);
    expect(runner.deliveries[0]).toMatchObject({ flow: "Echo", status: 413, flowRan: false });
  });

  /** Sends 200 MB as fast as they are taken, however soon the answer comes; returns both it and how much memory grew. */
  const flood = async (header: string, frame: (block: Buffer) => Buffer, end: string) => {
    const block = frame(Buffer.alloc(MEGABYTE, 120));
    const before = process.memoryUsage.rss();
    let peak = before;
    const reply = await sendRaw(url, async (socket) => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${header}\r\n\r\n`);
      for (let sent = 0; sent < 200; sent += 1) {
        if (!socket.write(block)) await new Promise((resolve) => socket.once("drain", resolve));
        peak = Math.max(peak, process.memoryUsage.rss());
      }
      socket.write(end);
    });
    return { status: reply.slice(0, 12), growth: (peak - before) / MEGABYTE };
  };

  test("of 200 MB is 413 and leaves memory flat, whether its length is announced or not", async () => {
    const announce = () => flood(`Content-Length: ${200 * MEGABYTE}`, (block) => block, "");
    const toChunk = (block: Buffer) => Buffer.from(`100000\r\n${block}\r\n`);
    await announce();
    const announced = await announce();
    const chunked = await flood("Transfer-Encoding: chunked", toChunk, "0\r\n\r\n");
    for (const { status, growth } of [announced, chunked]) {
      expect(status).toBe("HTTP/1.1 413");
      expect(growth).toBeLessThan(16);
    }
  });

  test("of all requests together is bounded: beyond it comes 429, and room again later", async () => {
    const slow = Array.from({ length: 3 }, () =>
      send(runner.urlOf("Obey"), {
        headers: ["Content-Type", "application/json"],
        body: JSON.stringify({ do: "wait", milliseconds: 700, pad: "x".repeat(5 * MEGABYTE) }),
      }),
    );
    const extra = Array.from({ length: 3 }, () =>
      send(url, { headers: ["Content-Type", "image/png"], body: Buffer.alloc(5 * MEGABYTE) }),
    );
    const statuses = (await Promise.all([...slow, ...extra])).map(({ status }) => status);
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
    expect((await send(url, { body: Buffer.alloc(5 * MEGABYTE) })).status).toBe(200);
  });
});

test("a body that breaks off is never run", async () => {
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\n\r\nonly this`;
  await sendRaw(url, (socket) => socket.write(head, () => socket.destroy())).catch(() => "");
  expect((await send(url)).status).toBe(200);
  expect(runner.deliveries).toHaveLength(1);
});

test("a chunked body without a length arrives whole", async () => {
  const chunks = "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
  const reply = await sendRaw(url, (socket) => socket.write(head + chunks));
  expect(reply).toContain('"body":{"data":"hello world"');
});

describe("whom the runner answers", () => {
  test.each(["localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:80", "[::1]:8400"])(
    "requests that name this machine: %s",
    async (name) => {
      expect((await send(url, { headers: ["Host", name] })).status).toBe(200);
      const list = await send(runner.url, { method: "GET", headers: ["Host", name] });
      expect(list.status).toBe(200);
    },
  );

  test.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "1.2.3.4", ""])(
    "not requests that name another: %s",
    async (name) => {
      for (const target of [url, runner.url]) {
        const reply = await send(target, { headers: ["Host", name] });
        expect(reply.status).toBe(403);
        expect(reply.text).not.toContain("evil");
      }
      expect(runner.deliveries).toHaveLength(0);
    },
  );

  test("not requests without a host", async () => {
    const reply = await sendRaw(url, (socket) => socket.write(`GET ${path} HTTP/1.0\r\n\r\n`));
    expect(reply).toMatch(/^HTTP\/1\.1 403 /);
  });

  test.each([
    ["that posts", ["Origin", "https://evil.example"]],
    ["in a frame without an origin", ["Origin", "null"]],
    ["whose origin only begins like this machine", ["Origin", "http://localhost.evil.example"]],
    ["that loads it as a picture", ["Sec-Fetch-Site", "cross-site"]],
  ])("not a strange web page %s", async (_what, headers) => {
    const reply = await send(url, { headers });
    expect(reply.status).toBe(403);
    expect(errorOf(reply.text)).toMatch(/web page/);
    expect(runner.deliveries).toHaveLength(0);
  });

  test.each(["http://localhost:3000", "http://127.0.0.1:8400", "https://[::1]"])(
    "a web page of this machine: %s",
    async (origin) => {
      const headers = ["Origin", origin, "Sec-Fetch-Site", "cross-site"];
      expect((await send(url, { headers })).status).toBe(200);
    },
  );

  test("no CORS header goes out, whatever origin asks", async () => {
    const reply = await send(url, { headers: ["Origin", "https://evil.example"] });
    expect(Object.keys(reply.headers).filter((name) => name.startsWith("access-control"))).toEqual(
      [],
    );
  });
});

describe("an endpoint with a key", () => {
  const secured = (headers: string[]) => send(runner.urlOf("Secured"), { headers });
  const key = (): string => runner.flows().find(({ name }) => name === "Secured")?.apiKeys[0] ?? "";

  test("answers only callers who have it", async () => {
    expect((await secured([])).status).toBe(401);
    expect((await secured(["Api-Key", "wrong"])).status).toBe(401);
    expect((await secured(["Api-Key", ""])).status).toBe(401);
    expect((await secured(["api-key", key()])).status).toBe(200);
    expect(runner.deliveries.map(({ status }) => status)).toEqual([401, 401, 401, 200]);
  });

  test("tells its key to other flows, so that they can call it", async () => {
    const { payload } = JSON.parse((await send(url)).text);
    expect(payload.webhookApiKeys).toEqual({ Obey: [], Echo: [], Secured: [key()] });
    expect(key().length).toBeGreaterThan(30);
  });
});

describe("hostile clients", () => {
  test("64 kB of headers are refused with a clear answer", async () => {
    const head = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Big: ${"x".repeat(65_536)}\r\n\r\n`;
    const reply = await sendRaw(url, (socket) => socket.write(head));
    expect(reply).toMatch(/^HTTP\/1\.1 431 /);
    expect(reply).toContain('{"error":"Request Header Fields Too Large"}');
  });

  test("what is no HTTP is refused with a clear answer", async () => {
    const reply = await sendRaw(url, (socket) => socket.write("\u0016\u0003\u0001 hello\r\n\r\n"));
    expect(reply).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("headers that trickle in are cut off", async () => {
    const reply = await sendRaw(url, (socket) =>
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n`),
    );
    expect(reply).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("a body that trickles in is cut off", async () => {
    const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\n\r\n`;
    const reply = await sendRaw(url, (socket) => socket.write(`${head}x`));
    expect(reply).toMatch(/^HTTP\/1\.1 408 /);
    expect((await send(url)).status).toBe(200);
    expect(runner.deliveries).toHaveLength(1);
  });

  test("two requests in one packet get two answers in order", async () => {
    const one = (body: string, extra = "") =>
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n${extra}\r\n${body}`;
    const reply = await sendRaw(url, (socket) =>
      socket.write(one("first") + one("second", "Connection: close\r\n")),
    );
    expect(reply.indexOf('"first"')).toBeGreaterThan(0);
    expect(reply.indexOf('"second"')).toBeGreaterThan(reply.indexOf('"first"'));
  });
});

describe("closing", () => {
  const start = () =>
    startTestRunner({ integration: writeYaml(toDefinition({ Obey: { trigger: "obey" } })) });

  test("finishes what is in flight and accepts nothing more", async () => {
    const closing = await start();
    const target = closing.urlOf("Obey");
    const inFlight = sendJson(target, { do: "wait", milliseconds: 500 });
    await sendJson(target, { do: "undefined" });
    const closed = closing.close();
    const reply = await inFlight;
    expect(reply.status).toBe(200);
    expect(reply.headers.connection).toBe("close");
    await closed;
    await expect(sendJson(target, { do: "undefined" })).rejects.toThrow(/ECONNREFUSED/);
  });

  test("does not wait for clients that never finish their request", async () => {
    const closing = await start();
    const target = closing.urlOf("Obey");
    const { host: name, pathname } = new URL(target);
    const head = `POST ${pathname} HTTP/1.1\r\nHost: ${name}\r\nContent-Length: 100\r\n\r\n`;
    const stalled = sendRaw(target, (socket) => socket.write(head)).catch(() => "");
    await sendJson(target, { do: "undefined" });
    await closing.close();
    expect(await stalled).not.toContain("200");
  });

  test("answers a request whose last bytes came while the server was closing", async () => {
    const closing = await start();
    const target = closing.urlOf("Obey");
    const { host: name, pathname } = new URL(target);
    const body = '{"do":"wait","milliseconds":2500}';
    const head = `POST ${pathname} HTTP/1.1\r\nHost: ${name}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const late = sendRaw(target, (socket) => {
      socket.write(head);
      setTimeout(() => socket.write(body), 1_000);
    });
    await sendJson(target, { do: "undefined" });
    await closing.close();
    expect(await late).toMatch(/^HTTP\/1\.1 200 /);
  });
});

test("a port that is taken is an error that says what to do", async () => {
  const port = Number(new URL(runner.url).port);
  const integration = writeYaml(toDefinition({ Obey: { trigger: "obey" } }));
  await expect(startTestRunner({ integration, port })).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: `Port ${port} is already in use. Stop the other program, or choose another port with --port.`,
  });
});
