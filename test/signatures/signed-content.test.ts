import fc from "fast-check";
import { toReceived } from "../../src/http/outbound-request";
import {
  describeSignedContent,
  readSignedContent,
  type SignedContent,
  toBytes,
} from "../../src/signatures/signed-content";
import { NOW } from "../support/evidence";

interface Given {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly timestamp?: string;
  readonly options?: Record<string, string>;
  readonly secret?: string;
  readonly item?: unknown;
}

const read = (
  content: SignedContent,
  {
    method = "POST",
    url = "https://a.example/p?q=1",
    headers = {},
    body = "",
    timestamp = "",
    options = {},
    secret = "",
    item,
  }: Given = {},
): string | { missing: string } => {
  const request = toReceived({ method, url, headers, body: Buffer.from(body) }, NOW);
  const outcome = readSignedContent(content, request, { timestamp, options, secret, item });
  return "parts" in outcome ? toBytes(outcome.parts).toString("latin1") : outcome;
};

it.each<[string, SignedContent, Given, string, string]>([
  ["the body", ({ body }) => [body], { body: Buffer.from([0xff, 0]) }, "\u00ff\u0000", "{body}"],
  [
    "time and body",
    ({ timestamp, body }) => ["v0:", timestamp, ":", body],
    { timestamp: "1", body: "b" },
    "v0:1:b",
    "v0:{timestamp}:{body}",
  ],
  ["the method", ({ method }) => [method], { method: "PUT" }, "PUT", "{method}"],
  [
    "the URL as it was given",
    ({ url }) => [url],
    { url: "https://A.example:443/%7e/../x?b=2&a=%20#f" },
    "https://A.example:443/%7e/../x?b=2&a=%20#f",
    "{url}",
  ],
  [
    "the path with its query",
    ({ path }) => [path],
    { url: "https://a.example/%7Ex/?b=2&a=1" },
    "/%7Ex/?b=2&a=1",
    "{path}",
  ],
  ["the path of a bare host", ({ path }) => [path], { url: "https://a.example" }, "/", "{path}"],
  [
    "a header, whatever its case",
    ({ header }) => [header("x-id")],
    { headers: { "X-Id": "7" } },
    "7",
    "{header:x-id}",
  ],
  ["a query parameter", ({ query }) => [query("q")], {}, "1", "{query:q}"],
  ["a form field", ({ form }) => [form("a")], { body: "a=%2B+&b=2" }, "+ ", "{form:a}"],
  ["a JSON field", ({ json }) => [json("a.0.b")], { body: '{"a":[{"b":2}]}' }, "2", "{json:a.0.b}"],
  [
    "a field of a batch's entry",
    ({ json }) => [json("b")],
    { body: '{"b":1}', item: { b: true } },
    "true",
    "{json:b}",
  ],
  ["an option", ({ option }) => [option("id")], { options: { id: "o" } }, "o", "{option:id}"],
  ["the secret", ({ secret }) => [secret], { secret: "s" }, "s", "{secret}"],
  [
    "the form's fields in order",
    ({ sortedForm }) => [sortedForm],
    { body: "b=2&a=3&b=1&a=3&B=0&c=" },
    "B0a3b1b2c",
    "{sorted form fields}",
  ],
  [
    "a digest of the body",
    ({ bodyDigest }) => [bodyDigest("sha256", "hex")],
    { body: "" },
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "{sha256 of body, hex}",
  ],
  [
    "a transformation of the body",
    ({ bodyAs }) => [bodyAs("reversed", (bytes) => Buffer.from(bytes).reverse())],
    { body: "ab" },
    "ba",
    "{body, reversed}",
  ],
  [
    "a transformation of the URL",
    ({ urlAs }) => [urlAs("in capitals", (url) => url.toUpperCase())],
    {},
    "HTTPS://A.EXAMPLE/P?Q=1",
    "{url, in capitals}",
  ],
])("reads and describes %s", (_name, content, given, bytes, description) => {
  expect(read(content, given)).toBe(bytes);
  expect(describeSignedContent(content)).toBe(description);
});

it("sorts as many form fields as a form may have", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `n${index}`);
  const content: SignedContent = ({ sortedForm }) => [sortedForm];
  expect(read(content, { body: names.join("&") })).toBe(names.toSorted().join(""));
});

it.each<[string, SignedContent, Given, string]>([
  ["header", ({ header }) => ["a", header("x-id")], {}, "{header:x-id}"],
  ["query parameter", ({ query }) => [query("nope")], {}, "{query:nope}"],
  ["form field", ({ form }) => [form("a")], { body: "b=1" }, "{form:a}"],
  ["JSON field", ({ json }) => [json("a")], { body: "no json" }, "{json:a}"],
  ["JSON field that is an object", ({ json }) => [json("a")], { body: '{"a":{}}' }, "{json:a}"],
  [
    "inherited JSON field",
    ({ json }) => [json("constructor.name")],
    { body: "{}" },
    "{json:constructor.name}",
  ],
  ["option", ({ option }) => [option("id")], {}, "{option:id}"],
  [
    "form that nobody could sort in time",
    ({ sortedForm }) => [sortedForm],
    { body: Array.from({ length: 1_000_000 }, (_, index) => index.toString(36)).join("&") },
    "{sorted form fields}",
  ],
])("names a %s that is missing", (_name, content, given, missing) => {
  expect(read(content, given)).toEqual({ missing });
});

it("an empty value is there", () => {
  expect(read(({ header }) => [header("x-id")], { headers: { "x-id": "" } })).toBe("");
});

it("puts text and bytes together as UTF-8, in their order", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array())), (parts) => {
      const expected = Buffer.concat(parts.map((part) => Buffer.from(part)));
      expect(toBytes(parts).equals(expected)).toBe(true);
    }),
  );
});
