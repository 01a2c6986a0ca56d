import { secretHandshake } from "../../src/challenges/secret-handshake";
import { contextOf, received } from "../support/challenges";

const challenge = secretHandshake("x-hook-secret");
const asking = received({ headers: { "X-Hook-Secret": "theirs" } });
const answer = {
  kind: "answered",
  reply: {
    status: 200,
    contentType: "text/plain",
    headers: { "x-hook-secret": "theirs" },
    body: "",
  },
};

it("hands the secret back while none is set", () => {
  expect(challenge.answer(asking, contextOf())).toEqual(answer);
});

it("hands back a secret that is set", () => {
  const context = contextOf({ isSettingUp: false, isSecret: (text) => text === "theirs" });
  expect(challenge.answer(asking, context)).toEqual(answer);
});

it("refuses a stranger's, and tells how to subscribe anew", () => {
  expect(challenge.answer(asking, contextOf({ isSettingUp: false }))).toMatchObject({
    kind: "refused",
    reason: "claim-mismatch",
    detail: expect.stringContaining("clear the Signing Secret"),
    reply: { status: 403, body: "" },
  });
});

it("leaves every other request alone", () => {
  expect(challenge.answer(received({}), contextOf())).toBeUndefined();
});
