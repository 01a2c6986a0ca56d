import { macEcho } from "../../src/challenges/mac-echo";
import { jsonReply } from "../../src/http/reply";
import { contextOf, received } from "../support/challenges";

const challenge = macEcho({
  signed: false,
  nonce: { json: "token" },
  when: { all: [{ json: "event", equals: "validate" }] },
  pattern: /^[a-z]{1,20}$/,
  reply: (nonce, mac, { options }) => jsonReply({ nonce, mac, key: options.key }),
  answerShape: "the nonce and its MAC",
});

const asking = (token: unknown) => received({ body: JSON.stringify({ event: "validate", token }) });

const mac = jest.fn((text: string) => `mac of ${text}`);

beforeEach(() => mac.mockClear());

it("answers a nonce with its MAC", () => {
  const outcome = challenge.answer(asking("abc"), contextOf({ mac, options: { key: "k" } }));
  expect(outcome).toMatchObject({ kind: "answered" });
  expect(JSON.parse(outcome?.reply.body ?? "")).toEqual({
    nonce: "abc",
    mac: "mac of abc",
    key: "k",
  });
});

it.each(["v0:1700000000:{}", '{"event":"x"}', "", "abc\n", "a".repeat(21), "ABC", "abc def"])(
  "signs no text that could be part of a delivery: %j",
  (token) => {
    expect(challenge.answer(asking(token), contextOf({ mac }))).toMatchObject({
      kind: "refused",
      reason: "signature-malformed",
      reply: { status: 403, body: "" },
    });
    expect(mac).not.toHaveBeenCalled();
  },
);

it.each([
  ["another event", received({ body: '{"event":"other","token":"abc"}' })],
  ["no nonce", received({ body: '{"event":"validate"}' })],
  ["a nonce that is no text", asking({ a: 1 })],
  ["no JSON", received({ body: "validate" })],
])("leaves %s alone", (_name, request) => {
  expect(challenge.answer(request, contextOf({ mac }))).toBeUndefined();
  expect(mac).not.toHaveBeenCalled();
});

it("tells that a secret is needed", () => {
  expect(challenge.answer(asking("abc"), contextOf())).toMatchObject({
    kind: "refused",
    reason: "secret-missing",
    detail: expect.stringContaining("Signing Secret"),
  });
});

it("tells which option is needed, before it signs anything", () => {
  const needy = macEcho({
    signed: false,
    nonce: { json: "token" },
    when: {},
    pattern: /^[a-z]+$/,
    needs: "publicKey",
    reply: () => jsonReply({}),
    answerShape: "",
  });
  expect(needy.answer(asking("abc"), contextOf({ mac }))).toMatchObject({
    kind: "refused",
    reason: "secret-missing",
    detail: expect.stringContaining("publicKey"),
  });
  expect(mac).not.toHaveBeenCalled();
});
