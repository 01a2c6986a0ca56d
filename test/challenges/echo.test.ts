import { echo } from "../../src/challenges/echo";
import { echoHeader } from "../../src/challenges/echo-header";
import { contextOf, received } from "../support/challenges";

const inQuery = echo({
  nonce: { query: "hub.challenge" },
  when: { all: [{ query: "hub.challenge" }] },
});

const asking = (nonce: string, more: Record<string, string> = {}) =>
  received({
    url: `https://hooks.example.com/?${new URLSearchParams({ "hub.challenge": nonce, ...more })}`,
  });

describe("a nonce in the query", () => {
  it.each(["1158201444", "", "<script>alert(1)</script>", "Zoë 🎉\r\nX-Evil: 1", '{"a":1}'])(
    "goes back as plain text that no browser takes for a page: %j",
    (nonce) => {
      expect(inQuery.answer(asking(nonce), contextOf())).toEqual({
        kind: "answered",
        reply: {
          status: 200,
          contentType: "text/plain",
          headers: { "X-Content-Type-Options": "nosniff" },
          body: nonce,
        },
      });
    },
  );

  it("is none without the parameter", () => {
    expect(inQuery.answer(received({}), contextOf())).toBeUndefined();
  });

  it("does not go back when it is longer than any provider's", () => {
    expect(inQuery.answer(asking("a".repeat(2048)), contextOf())).toMatchObject({
      kind: "answered",
    });
    expect(inQuery.answer(asking("a".repeat(2049)), contextOf())).toMatchObject({
      kind: "refused",
      reason: "signature-malformed",
      reply: { status: 403, body: "" },
    });
  });

  it("is not signed unless the provider signs it", () => {
    expect(inQuery.signed).toBe(false);
    expect(echo({ nonce: { json: "c" }, when: {}, signed: true }).signed).toBe(true);
  });
});

it("goes back in a JSON field, whatever it holds", () => {
  const inBody = echo({
    nonce: { json: "challenge" },
    when: { all: [{ json: "challenge" }] },
    inField: "challenge",
  });
  const nonce = 'Zoë "quoted" </script>\u2028';
  const outcome = inBody.answer(
    received({ body: JSON.stringify({ challenge: nonce }) }),
    contextOf(),
  );
  expect(outcome).toMatchObject({ reply: { contentType: "application/json" } });
  expect(JSON.parse(outcome?.reply.body ?? "")).toEqual({ challenge: nonce });
});

describe("a verify token", () => {
  const guarded = echo({
    nonce: { query: "hub.challenge" },
    when: { all: [{ query: "hub.challenge" }] },
    verifyToken: { query: "hub.verify_token" },
  });
  const isVerifyToken = (text: string) => text === "right";

  it("that is right lets the nonce go back", () => {
    const request = asking("1", { "hub.verify_token": "right" });
    expect(guarded.answer(request, contextOf({ isVerifyToken }))).toMatchObject({
      kind: "answered",
      reply: { body: "1" },
    });
  });

  it.each([
    ["wrong", { "hub.verify_token": "wrong" }],
    ["empty", { "hub.verify_token": "" }],
    ["absent", {}],
  ])("that is %s does not", (_name, more) => {
    expect(guarded.answer(asking("1", more), contextOf({ isVerifyToken }))).toMatchObject({
      kind: "refused",
      reason: "claim-mismatch",
      reply: { status: 403, body: "" },
    });
  });

  it("that nobody has set tells what to fill in, and nothing of what was sent", () => {
    const outcome = guarded.answer(asking("1", { "hub.verify_token": "theirs" }), contextOf());
    expect(outcome).toMatchObject({
      kind: "refused",
      reason: "secret-missing",
      detail: expect.stringContaining("Verify Token"),
    });
    expect(JSON.stringify(outcome)).not.toContain("theirs");
  });
});

describe("a header", () => {
  const challenge = echoHeader("x-hook-id");

  it("goes back as it came, with an empty body", () => {
    expect(challenge.answer(received({ headers: { "X-Hook-Id": "abc" } }), contextOf())).toEqual({
      kind: "answered",
      reply: { status: 200, contentType: "text/plain", headers: { "x-hook-id": "abc" }, body: "" },
    });
  });

  it("does not when it is absent or too long", () => {
    expect(challenge.answer(received({}), contextOf())).toBeUndefined();
    const long = received({ headers: { "x-hook-id": "a".repeat(2049) } });
    expect(challenge.answer(long, contextOf())).toMatchObject({ kind: "refused" });
  });
});
