import { isGone, isSuccess, type Refusal, toRefusal } from "../../src/subscriptions/refusal";
import { answer } from "../support/subscription-world";

const attempt = 'create subscription "hook"';
const refuse = (status: number, data: unknown = "", more: Partial<Refusal> = {}) =>
  toRefusal({ attempt, answer: answer(status, data), secrets: [], ...more });

describe("a refusal", () => {
  it("says what was tried, what was answered, and what the provider says about it", () => {
    expect(refuse(422, { message: "Validation failed" }).message).toBe(
      'Could not create subscription "hook": the provider answered 422. It says: Validation failed',
    );
    expect(refuse(418).message).toBe(
      'Could not create subscription "hook": the provider answered 418.',
    );
  });

  it.each([
    [{ error: { message: "deepest" }, message: "other" }],
    [{ message: "deepest" }],
    [{ error_description: "deepest", error: "invalid_grant" }],
    [{ error: "deepest" }],
    [{ errors: [{ message: "deepest" }] }],
    [{ errors: [{ detail: "deepest" }] }],
    [{ errors: ["deepest"] }],
    [{ detail: "deepest", title: "Bad Request" }],
    [{ title: "deepest" }],
    [{ message: "", title: "deepest" }],
    [{ message: { code: 7 }, title: "deepest" }],
  ])("finds the provider's words in %j", (data) => {
    expect(refuse(400, data).message).toMatch(/It says: deepest$/);
  });

  it.each([["<html>Bad Gateway</html>"], [""], [{}], [{ message: 7 }], [null]])(
    "repeats nothing of %j",
    (data) => {
      expect(refuse(502, data).message).toMatch(/answered 502\.$/);
    },
  );

  it.each([
    [401, "CONNECTION_INVALID", false, "check the connection"],
    [403, "CONNECTION_INVALID", false, "what its user or token is allowed to do"],
    [302, "CONNECTION_INVALID", false, "check the connection's base URL"],
    [400, "SUBSCRIPTION_FAILED", false, ""],
    [404, "SUBSCRIPTION_FAILED", false, ""],
    [429, "SUBSCRIPTION_FAILED", true, "asks to slow down: deploy again later"],
    [500, "SUBSCRIPTION_FAILED", true, ""],
    [503, "SUBSCRIPTION_FAILED", true, ""],
  ])("of %i is %s", (status, code, retryable, advice) => {
    const error = refuse(status);
    expect(error).toMatchObject({ code, retryable });
    expect(error.message).toContain(advice);
  });

  it("tells a provider's own hint instead of the general advice", () => {
    const hints = { 403: "Topics: this topic may only be read.", 404: "Workspace: not found." };
    expect(refuse(404, "", { hints }).message).toMatch(/404\. Workspace: not found\.$/);
    expect(refuse(403, "", { hints })).toMatchObject({
      code: "SUBSCRIPTION_FAILED",
      message: expect.stringMatching(/403\. Topics: this topic may only be read\.$/),
    });
  });
});

describe("what a refusal repeats", () => {
  const said = (message: string, secrets: readonly string[] = []) =>
    refuse(400, { message }, { secrets }).message.split("It says: ")[1];

  it("holds no secret, however often and wherever it stands", () => {
    const secrets = ["0123456789abcdef", "p+ss w/rd!"];
    expect(said("key=0123456789abcdef, not x0123456789abcdefx", secrets)).toBe(
      "key=[redacted], not x[redacted]x",
    );
    expect(said("password=p%2Bss+w%2Frd%21&user=a", secrets)).toBe("password=[redacted]&user=a");
    expect(said('{"password":"p+ss w/rd!"}', secrets)).toBe('{"password":"[redacted]"}');
  });

  it("holds no secret as a path holds it", () => {
    expect(said("No /tokens/p%2Bss%20w%2Frd!/webhooks.", ["p+ss w/rd!"])).toBe(
      "No /tokens/[redacted]/webhooks.",
    );
  });

  it.each([
    ["Basic", Buffer.from("ada:p+ss w/rd!").toString("base64")],
    ["Bearer", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"],
  ])("holds no %s credentials, which stand in no field as they are sent", (kind, sent) => {
    expect(said(`Cannot take Authorization: ${kind} ${sent} here`, ["p+ss w/rd!"])).toBe(
      `Cannot take Authorization: ${kind} [redacted] here`,
    );
    expect(said(`${kind} authentication is required.`)).toBe(`${kind} authentication is required.`);
  });

  it("holds no part of a secret that contains another", () => {
    expect(said("0123456789abcdef", ["01234567", "0123456789abcdef"])).toBe("[redacted]");
  });

  it("stays readable where a credential is short", () => {
    const secrets = ["a", "", " ", "x.y"];
    expect(said("a flag has a value: a=x.y", secrets)).toBe(
      "[redacted] flag has [redacted] value: [redacted]=[redacted]",
    );
    expect(said("available at all", ["a"])).toBe("available at all");
  });

  it("holds no query of a URL", () => {
    expect(said("Cannot reach https://hooks.example.com/1?token=abc now")).toBe(
      "Cannot reach https://hooks.example.com/1 now",
    );
  });

  it("is one short line", () => {
    expect(said("first\r\nsecond\tthird\u001b[31m")).toBe("first second third [31m");
    expect(said("x".repeat(500))).toBe("x".repeat(200));
  });
});

it("a success is any 2xx, and gone is 404 or 410", () => {
  const statuses = [199, 200, 201, 204, 299, 300, 404, 410, 409];
  expect(statuses.filter((status) => isSuccess(answer(status)))).toEqual([200, 201, 204, 299]);
  expect(statuses.filter((status) => isGone(answer(status)))).toEqual([404, 410]);
});
