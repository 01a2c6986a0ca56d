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

  it("gives back bytes with their type, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const value = { data: Buffer.from(bytes), contentType: "image/png" };
        expect(readStoredBody(toStoredBody(value))).toEqual(value);
      }),
    );
  });

  it("holds no NUL, which PostgreSQL cannot keep in text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(toStoredBody({ [text]: text })).not.toContain("\u0000");
      }),
    );
  });

  it("keeps a content type with commas from ending the prefix", () => {
    const stored = toStoredBody({ data: Buffer.from("x"), contentType: 'text/plain; a="1,2"' });
    expect(readStoredBody(stored)).toMatchObject({ data: Buffer.from("x") });
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
