import { type OutboundRequest, toReceived, writeSource } from "../../src/http/outbound-request";

const request: OutboundRequest = {
  method: "POST",
  url: "https://hooks.example.com/trigger/1?b=2&a=%20x",
  headers: { "Content-Type": "application/json", "X-Id": "1" },
  body: Buffer.from('{"a":1}'),
};

describe("a request that is put together", () => {
  it("is received with lower-case headers, a decoded query and its exact bytes", () => {
    const at = new Date("2026-03-01T10:00:00Z");
    const received = toReceived(request, at);
    expect(received).toMatchObject({ method: "POST", bodyIsExact: true, receivedAt: at });
    expect(received.url).toBe(request.url);
    expect([...received.headers]).toEqual([
      ["content-type", "application/json"],
      ["x-id", "1"],
    ]);
    expect([...received.query]).toEqual([
      ["b", "2"],
      ["a", " x"],
    ]);
    expect(received.body).toBe(request.body);
  });

  it.each([
    ["header", { header: "x-signature" }],
    ["query parameter", { query: "signature" }],
    ["form field", { form: "signature" }],
    ["JSON field", { json: "signature" }],
  ])("stays as it was when a %s is written to a copy", (_name, source) => {
    const before = { ...request, headers: { ...request.headers }, body: Buffer.from(request.body) };
    const copy = writeSource(source, "s", request);
    expect(copy).not.toEqual(before);
    expect(request).toEqual(before);
  });

  it("replaces what the source held", () => {
    const once = writeSource({ query: "b" }, "first", request);
    const twice = writeSource({ query: "b" }, "second", once);
    expect(new URL(twice.url).searchParams.getAll("b")).toEqual(["second"]);
    const form = { ...request, body: Buffer.from("a=1&a=2&b=3") };
    expect(writeSource({ form: "a" }, "9", form).body.toString()).toBe("a=9&b=3");
  });

  it("writes into every entry of a batch", () => {
    const batch = { ...request, body: Buffer.from('{"value":[{"id":1},{"id":2}]}') };
    expect(JSON.parse(writeSource({ json: "value.*.state" }, "s", batch).body.toString())).toEqual({
      value: [
        { id: 1, state: "s" },
        { id: 2, state: "s" },
      ],
    });
  });
});
