import { describeRecognition, isChallenge, type Recognition } from "../../src/challenges/match";
import { received } from "../support/challenges";

it.each<[string, Recognition, Parameters<typeof received>[0], boolean]>([
  ["a query parameter", { all: [{ query: "x" }] }, {}, true],
  ["a query parameter that is not there", { all: [{ query: "z" }] }, {}, false],
  ["a value", { all: [{ query: "y", equals: "two" }] }, {}, true],
  ["another value", { all: [{ query: "y", equals: "three" }] }, {}, false],
  ["an empty header", { all: [{ header: "x-id" }] }, { headers: { "X-Id": "" } }, true],
  [
    "a header and a field",
    { all: [{ header: "a" }, { json: "b" }] },
    { headers: { a: "1" }, body: '{"b":0}' },
    true,
  ],
  [
    "only one of two",
    { all: [{ header: "a" }, { json: "b" }] },
    { headers: { a: "1" }, body: "{}" },
    false,
  ],
  ["a number by its text", { all: [{ json: "type", equals: "1" }] }, { body: '{"type":1}' }, true],
  ["an object, which is no value", { all: [{ json: "type" }] }, { body: '{"type":{}}' }, false],
  [
    "a field that must be absent",
    { all: [{ json: "a" }], absent: ["b"] },
    { body: '{"a":1}' },
    true,
  ],
  [
    "a field that must be absent and is null",
    { all: [{ json: "a" }], absent: ["b"] },
    { body: '{"a":1,"b":null}' },
    false,
  ],
  ["an empty body", { emptyBody: true }, {}, true],
  ["a body that should be empty", { emptyBody: true }, { body: " " }, false],
  ["the form of the body", { body: /^id=\d+$/ }, { body: "id=7" }, true],
  ["another form of the body", { body: /^id=\d+$/ }, { body: "id=7&a=1" }, false],
  ["a body that is no JSON", { all: [{ json: "a" }] }, { body: "{" }, false],
])("tells %s", (_name, recognition, request, expected) => {
  expect(isChallenge(recognition, received(request))).toBe(expected);
});

it("takes no large body for a challenge, and does not read it", () => {
  const small = `{"challenge":"${"a".repeat(16_000)}"}`;
  const large = `{"challenge":"${"a".repeat(16_384)}"}`;
  const recognition: Recognition = { all: [{ json: "challenge" }] };
  const parse = jest.spyOn(JSON, "parse");
  expect(isChallenge(recognition, received({ body: large }))).toBe(false);
  expect(parse).not.toHaveBeenCalled();
  expect(isChallenge(recognition, received({ body: small }))).toBe(true);
  parse.mockRestore();
});

it.each<[Recognition, string]>([
  [{ emptyBody: true }, "empty body"],
  [
    { all: [{ query: "hub.mode", equals: "subscribe" }, { query: "hub.challenge" }] },
    "query parameter hub.mode is subscribe and query parameter hub.challenge",
  ],
  [
    { all: [{ json: "challenge" }], absent: ["event"] },
    "JSON field challenge and no JSON field event",
  ],
  [{ body: /^id=\d+$/ }, "a body of the form ^id=\\d+$"],
])("describes %j", (recognition, words) => {
  expect(describeRecognition(recognition)).toBe(words);
});
