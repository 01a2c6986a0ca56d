import fc from "fast-check";
import { readStoredBody, toStoredBody } from "../../src/queue/body";

describe("a stored body", () => {
  it("is the JSON text that an engineer expects to find in the table", () => {
    expect(toStoredBody({ order: 1 })).toBe('{"order":1}');
  });

  it("gives back every JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readStoredBody(toStoredBody(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("gives back bytes wherever they are, and whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const data = Buffer.from(bytes);
        const value = { data, contentType: "image/png", parts: [data, { deep: data }] };
        expect(readStoredBody(toStoredBody(value))).toEqual(value);
      }),
    );
    expect(readStoredBody(toStoredBody(Buffer.from("x")))).toEqual(Buffer.from("x"));
    expect(readStoredBody(toStoredBody(new Uint8Array([1, 2]).subarray(1)))).toEqual(
      Buffer.from([2]),
    );
  });

  it("takes a third more than the bytes, not several times as much", () => {
    expect(toStoredBody({ data: Buffer.alloc(30_000) }).length).toBeLessThan(40_100);
  });

  it.each([
    [{ $base64: "eA==" }],
    [{ $base64: 1 }],
    [{ $$base64: "eA==" }],
    [{ $base64: { $base64: Buffer.from("x") } }],
    [{ $$$base64: [{ $base64: null }] }],
    [{ $base64: "eA==", more: true }],
  ])("gives back what only looks like its mark for bytes: %j", (value) => {
    expect(readStoredBody(toStoredBody(value))).toEqual(value);
  });

  it("holds no NUL, which PostgreSQL cannot keep in text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(toStoredBody({ [text]: text })).not.toContain("\u0000");
      }),
    );
  });

  it("is left as it is where another program wrote something that is not JSON", () => {
    expect(readStoredBody("hello")).toBe("hello");
  });

  it.each([[undefined], [() => 1], [Symbol("x")], [1n]])("is refused for %p", (value) => {
    expect(() => toStoredBody(value)).toThrow(
      expect.objectContaining({ code: "INPUT_INVALID", message: expect.stringContaining("Body") }),
    );
  });

  it("is refused for an object that holds itself", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => toStoredBody(circle)).toThrow(expect.objectContaining({ code: "INPUT_INVALID" }));
  });
});
