import { firstChallenge } from "../../src/challenges/first-challenge";
import { probe } from "../../src/challenges/probe";
import { textReply } from "../../src/http/reply";
import { contextOf, received } from "../support/challenges";

const at = (query: string, signed: boolean) =>
  probe({ signed, when: { all: [{ query }] }, reply: textReply(query) });

const replyOf = (challenge: ReturnType<typeof firstChallenge>, isVerified: boolean) =>
  challenge.answer(received({}), contextOf({ isVerified }))?.reply.body;

it("a probe is answered with 200 and nothing, unless the provider wants more", () => {
  const plain = probe({ signed: false, when: { emptyBody: true } });
  expect(plain.answer(received({}), contextOf())).toEqual({
    kind: "answered",
    reply: { status: 200, contentType: "text/plain", body: "" },
  });
  expect(plain.answer(received({ body: "x" }), contextOf())).toBeUndefined();
  expect(plain.description).toBe("empty body → 200");
});

it("the first that recognises the request answers", () => {
  const challenge = firstChallenge(at("z", true), at("y", true), at("x", true));
  expect(challenge.signed).toBe(true);
  expect(replyOf(challenge, true)).toBe("y");
});

it("unsigned ones answer before verification, signed ones after it", () => {
  const challenge = firstChallenge(at("x", true), at("y", false));
  expect(challenge.signed).toBe("either");
  expect(replyOf(challenge, false)).toBe("y");
  expect(replyOf(challenge, true)).toBe("x");
});

it("may hold others that hold others", () => {
  const challenge = firstChallenge(firstChallenge(at("z", false), at("x", true)), at("y", false));
  expect(replyOf(challenge, false)).toBe("y");
  expect(replyOf(challenge, true)).toBe("x");
});

it("none that recognises the request is no answer", () => {
  expect(replyOf(firstChallenge(at("z", false)), false)).toBeUndefined();
});

it("describes all of them", () => {
  expect(firstChallenge(at("x", true), at("y", false)).description).toBe(
    "query parameter x → 200; query parameter y → 200",
  );
});
