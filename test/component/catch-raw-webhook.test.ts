import { createHmac } from "node:crypto";
import { performTrigger, SECRET, signingSecret } from "../support/trigger";

const catchRaw = (received = {}, inputs: Record<string, unknown> = {}) =>
  performTrigger("catchRawWebhook", received, inputs);

const mac = (
  text: string,
  encoding: "hex" | "base64" | "base64url" = "hex",
  hash = "sha256",
  key: string | Buffer = SECRET,
) => createHmac(hash, key).update(text).digest(encoding);

const hmacInputs = (others: Record<string, unknown> = {}) => ({
  signature: "hmac",
  signingSecret: signingSecret(),
  signatureHeader: "X-Signature",
  ...others,
});

describe("every request", () => {
  it.each([
    ["JSON", "application/json", '{"a":1}', { a: 1 }],
    ["a form", "application/x-www-form-urlencoded", "a=1&b=2", { a: "1", b: "2" }],
    ["XML", "application/xml", "<order><id>7</id></order>", { order: { id: "7" } }],
    ["text", "text/plain", "hello", "hello"],
    ["binary", "application/octet-stream", Buffer.from([0, 255, 128]), Buffer.from([0, 255, 128])],
    ["an unknown type", "application/x-odd", "??", Buffer.from("??")],
    ["nothing", "", "", null],
  ])("fires for %s", async (_name, contentType, body, expected) => {
    const headers: Record<string, string> = contentType ? { "Content-Type": contentType } : {};
    const { payload, branch, response } = await catchRaw({ headers, body });
    expect(branch).toBe("Notification");
    expect(response).toBeUndefined();
    expect(payload.body.data).toEqual(expected);
    expect(payload.delivery).toMatchObject({ provider: "raw", verified: false, secretIndex: null });
  });

  it("fires when the platform hands over nothing at all", async () => {
    const { branch } = await catchRaw({ headers: undefined, query: null, body: undefined });
    expect(branch).toBe("Notification");
  });
});

describe("a signature described by hand", () => {
  it.each(["hex", "base64", "base64url"] as const)("is verified in %s", async (encoding) => {
    const { payload } = await catchRaw(
      { headers: { "x-signature": mac("hi", encoding) }, body: "hi" },
      hmacInputs({ encoding }),
    );
    expect(payload.delivery.verified).toBe(true);
  });

  it.each(["sha1", "sha256", "sha512"])("is verified with %s", async (algorithm) => {
    const headers = { "x-signature": mac("hi", "hex", algorithm) };
    const { payload } = await catchRaw({ headers, body: "hi" }, hmacInputs({ algorithm }));
    expect(payload.delivery.verified).toBe(true);
  });

  it.each([
    ["base64", Buffer.from("key bytes").toString("base64")],
    ["hex", Buffer.from("key bytes").toString("hex")],
  ])("takes a secret in %s", async (secretEncoding, secret) => {
    const headers = { "x-signature": mac("hi", "hex", "sha256", Buffer.from("key bytes")) };
    const inputs = hmacInputs({ secretEncoding, signingSecret: signingSecret({ secret }) });
    const { payload } = await catchRaw({ headers, body: "hi" }, inputs);
    expect(payload.delivery.verified).toBe(true);
  });

  it("covers a template of time, headers, query, method, url and body", async () => {
    const now = Math.floor(Date.now() / 1000);
    const text = `${now}.POST.https://hooks.example.com/trigger/SW5zdGFuY2U=?tenant=t%201.h.t 1.hi`;
    const { payload } = await catchRaw(
      {
        headers: { "X-Signature": `v1=${mac(text)}`, "X-Time": String(now), "X-Id": "h" },
        query: { tenant: "t 1" },
        body: "hi",
      },
      hmacInputs({
        signaturePrefix: "v1=",
        timestampHeader: "X-Time",
        signedContent: "{timestamp}.{method}.{url}.{header:X-Id}.{query:tenant}.{body}",
      }),
    );
    expect(payload.delivery).toMatchObject({
      verified: true,
      sentAt: new Date(now * 1000).toISOString(),
    });
  });

  it("rejects an old time", async () => {
    const old = Math.floor(Date.now() / 1000) - 301;
    const attempt = catchRaw(
      { headers: { "X-Signature": mac(`${old}.hi`), "X-Time": String(old) }, body: "hi" },
      hmacInputs({ timestampHeader: "X-Time", signedContent: "{timestamp}.{body}" }),
    );
    await expect(attempt).rejects.toThrow("Webhook rejected: timestamp-outside-tolerance");
  });

  it("accepts an old time within a wider tolerance", async () => {
    const old = Math.floor(Date.now() / 1000) - 3000;
    const { payload } = await catchRaw(
      { headers: { "X-Signature": mac(`${old}.hi`), "X-Time": String(old) }, body: "hi" },
      hmacInputs({
        timestampHeader: "X-Time",
        signedContent: "{timestamp}.{body}",
        toleranceSeconds: "3600",
      }),
    );
    expect(payload.delivery.verified).toBe(true);
  });

  it.each([
    [{ signatureHeader: "" }, /^Signature Header: /],
    [{ signedContent: "{timestamp}.{body}" }, /^Timestamp Header: /],
    [{ timestampHeader: "X-Time" }, /^Signed Content: it must hold \{timestamp\}/],
    [{ signedContent: "{bodyy}" }, /^Signed Content: \{bodyy\} is not a placeholder/],
    [{ signedContent: "{header}" }, /^Signed Content: \{header\}/],
    [{ algorithm: "md5" }, /^Algorithm: choose one of/],
    [{ onRejection: "ignore" }, /^On Rejection: choose one of/],
    [{ allowedSources: ["10.0.0.0/99"], sourceHeader: "X-Forwarded-For" }, /^Allowed Sources: /],
    [{ allowedSources: ["10.0.0.0/8"] }, /^Source Header: /],
    [{ responseStatus: "999" }, /^Response Status: /],
    [{ responseBody: "{jsn:id}" }, /^Response Body: /],
    [{ challenge: "echoQuery" }, /^Challenge Field: /],
  ])("names the input at fault for %p", async (others, message) => {
    const attempt = catchRaw(
      { headers: { "x-signature": mac("hi") }, body: "hi" },
      hmacInputs(others),
    );
    await expect(attempt).rejects.toThrow(message);
  });

  it("compares a shared token in a header or a query parameter", async () => {
    const token = { signature: "token", signingSecret: signingSecret() };
    const byHeader = await catchRaw(
      { headers: { "X-Token": SECRET } },
      { ...token, signatureHeader: "x-token" },
    );
    const byQuery = await catchRaw(
      { query: { key: SECRET } },
      { ...token, signatureHeader: "query:key" },
    );
    expect([byHeader, byQuery].map(({ payload }) => payload.delivery.verified)).toEqual([
      true,
      true,
    ]);
    expect(byQuery.payload.queryParameters).toEqual({ key: "[redacted]" });
    await expect(
      catchRaw({ headers: { "X-Token": `${SECRET}x` } }, { ...token, signatureHeader: "x-token" }),
    ).rejects.toThrow("Webhook rejected: signature-mismatch");
  });

  it("compares HTTP Basic credentials", async () => {
    const inputs = {
      signature: "basic",
      signingSecret: signingSecret({ secret: SECRET, username: "hook" }),
    };
    const header = (text: string) => ({
      Authorization: `Basic ${Buffer.from(text).toString("base64")}`,
    });
    const { payload } = await catchRaw({ headers: header(`hook:${SECRET}`) }, inputs);
    expect(payload.delivery.verified).toBe(true);
    expect(payload.headers.Authorization).toBe("[redacted]");
    await expect(catchRaw({ headers: header(`other:${SECRET}`) }, inputs)).rejects.toThrow(
      "signature-mismatch",
    );
  });
});

it("keeps a short password out of the payload, whatever separators it holds", async () => {
  const inputs = {
    signature: "basic",
    signingSecret: signingSecret({ secret: "p:1=a", username: "hook" }),
  };
  const Authorization = `Basic ${Buffer.from("hook:p:1=a").toString("base64")}`;
  const { payload } = await catchRaw({ headers: { Authorization } }, inputs);
  expect(payload.delivery.verified).toBe(true);
  expect(payload.headers.Authorization).toBe("[redacted]");
});

describe("a challenge described by hand", () => {
  it("echoes a query parameter as plain text that no browser takes for a page", async () => {
    const { branch, response } = await catchRaw(
      { query: { "hub.challenge": "<script>alert(1)</script>" } },
      { challenge: "echoQuery", challengeField: "hub.challenge" },
    );
    expect(branch).toBe("URL Verify");
    expect(response).toEqual({
      statusCode: 200,
      contentType: "text/plain",
      headers: { "X-Content-Type-Options": "nosniff" },
      body: "<script>alert(1)</script>",
    });
  });

  it("echoes a field of the body as JSON", async () => {
    const { branch, response } = await catchRaw(
      { body: '{"data":{"challenge":"abc"}}' },
      {
        challenge: "echoBody",
        challengeField: "data.challenge",
        challengeContentType: "application/json",
      },
    );
    expect(branch).toBe("URL Verify");
    expect(response).toMatchObject({
      contentType: "application/json",
      body: '{"challenge":"abc"}',
    });
  });

  it("echoes a header", async () => {
    const { response } = await catchRaw(
      { headers: { "X-Client-Id": "c1" } },
      { challenge: "echoHeader", challengeField: "X-Client-Id" },
    );
    expect(response).toMatchObject({ statusCode: 200, headers: { "x-client-id": "c1" }, body: "" });
  });

  it("leaves a request without the field to be a delivery", async () => {
    const { branch } = await catchRaw(
      { body: "{}" },
      { challenge: "echoQuery", challengeField: "hub.challenge" },
    );
    expect(branch).toBe("Notification");
  });
});

describe("a reply and names described by hand", () => {
  it("writes values of the request into the reply", async () => {
    const { response } = await catchRaw(
      { headers: { "X-Request-Id": "r1", "Content-Type": "application/json" }, body: '{"id":7}' },
      {
        responseStatus: "202",
        responseContentType: "application/json",
        responseHeaders: [{ key: "X-Received-By", value: "hookline" }],
        responseBody: '{"id":{json:id},"request":"{header:X-Request-Id}","none":"{query:x}"}',
      },
    );
    expect(response).toEqual({
      statusCode: 202,
      contentType: "application/json",
      headers: { "X-Content-Type-Options": "nosniff", "X-Received-By": "hookline" },
      body: '{"id":7,"request":"r1","none":""}',
    });
  });

  it("reads id, type and ordering key by templates", async () => {
    const { payload } = await catchRaw(
      {
        headers: { "X-Id": "e1" },
        query: { tenant: "t" },
        body: '{"type":"order.paid","order":{"id":9}}',
      },
      {
        eventId: "{header:X-Id}",
        eventType: "{json:type}",
        orderingKey: "{query:tenant}:{json:order.id}",
      },
    );
    expect(payload.delivery).toMatchObject({ id: "e1", type: "order.paid", orderingKey: "t:9" });
  });

  it("takes the body's hash as id when the template finds nothing", async () => {
    const { payload } = await catchRaw({ body: "{}" }, { eventId: "{header:X-Id}" });
    expect(payload.delivery.id).toBe(payload.delivery.bodyHash);
    expect(payload.delivery).toMatchObject({ type: "unknown", orderingKey: null });
  });
});

describe("a source check", () => {
  const inputs = {
    allowedSources: ["20.86.53.156/31", "2001:db8::/32"],
    sourceHeader: "X-Forwarded-For",
  };

  it.each([
    "20.86.53.156",
    "20.86.53.157",
    "6.6.6.6, 20.86.53.157",
    "2001:db8::1",
    "::ffff:20.86.53.156",
  ])("lets %s in", async (address) => {
    const { branch } = await catchRaw({ headers: { "X-Forwarded-For": address } }, inputs);
    expect(branch).toBe("Notification");
  });

  it.each(["20.86.53.158", "20.86.53.156, 6.6.6.6", "", "nonsense", "2001:db9::1"])(
    "keeps %p out",
    async (address) => {
      const attempt = catchRaw({ headers: { "X-Forwarded-For": address } }, inputs);
      await expect(attempt).rejects.toThrow("Webhook rejected: source-not-allowed");
    },
  );
});
