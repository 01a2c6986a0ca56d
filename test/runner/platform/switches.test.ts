import type { RunCall } from "../../../src/runner/isolation/messages";
import { toTriggerAnswer } from "../../../src/runner/platform/answer";
import { parseBody } from "../../../src/runner/platform/body";
import { toHeaders, toQueryParameters } from "../../../src/runner/platform/headers";
import { toPayload } from "../../../src/runner/platform/payload";
import { type PlatformUnknowns, platformUnknowns } from "../../../src/runner/platform/unknowns";

const having = (change: Partial<PlatformUnknowns>): PlatformUnknowns => ({
  ...platformUnknowns,
  ...change,
});

test("repeated query parameters may keep the first value", () => {
  expect(toQueryParameters("a=1&a=2", having({ repeatedQueryParameter: "first" }))).toEqual({
    a: "1",
  });
});

test("repeated headers may be joined differently", () => {
  const raw = ["A", "1", "a", "2"];
  expect(toHeaders(raw, having({ repeatedHeaderSeparator: ";" }))).toEqual({ A: "1;2" });
});

test("callers' prismatic-* headers may be dropped", () => {
  const raw = ["Prismatic-Debug", "true", "X-Other", "1"];
  expect(toHeaders(raw, having({ dropsPrismaticHeaders: true }))).toEqual({ "X-Other": "1" });
  expect(toHeaders(raw, platformUnknowns)).toHaveProperty("Prismatic-Debug");
});

test("+json may be parsed, and refused when malformed", () => {
  const parse = (text: string) =>
    parseBody(
      Buffer.from(text),
      "application/cloudevents+json",
      having({ parsesJsonSuffix: true }),
    );
  expect(parse('{"a":1}')).toEqual({ isRefused: false, data: { a: 1 } });
  expect(parse("{")).toMatchObject({ isRefused: true });
  expect(parseBody(Buffer.from("{"), "application/cloudevents+json", platformUnknowns)).toEqual({
    isRefused: false,
    data: "{",
  });
});

test("text may arrive as bytes", () => {
  const bytes = Buffer.from("text");
  expect(parseBody(bytes, "text/plain", having({ textBody: "buffer" }))).toMatchObject({
    data: bytes,
  });
});

test("an empty body may be null", () => {
  const parsed = parseBody(Buffer.alloc(0), "text/plain", having({ emptyBodyData: null }));
  expect(parsed).toEqual({ isRefused: false, data: null });
});

test("a path fragment may be decoded, as far as it can be", () => {
  const fragmentOf = (pathFragment: string) => {
    const call = { pathFragment, query: "", rawHeaders: [] } as unknown as RunCall;
    const unknowns = having({ decodesPathFragment: true });
    const outcome = toPayload(call, Buffer.alloc(0), {} as never, unknowns, undefined);
    return outcome.isRefused ? undefined : outcome.payload.pathFragment;
  };
  expect(fragmentOf("a%20b")).toBe("a b");
  expect(fragmentOf("%zz")).toBe("%zz");
});

test("a response body that is no string may be refused", () => {
  const response = { statusCode: 200, contentType: "application/json", body: {} };
  expect(() => toTriggerAnswer(response, "id", having({ sendsObjectBodyAsJson: false }))).toThrow(
    /body must be a string/,
  );
});
