import { createHash } from "node:crypto";
import fc from "fast-check";
import { type LeaseHandle, readHandle, toHandle } from "../../src/queue/handle";

const handle: LeaseHandle = {
  connection: "postgresQueue",
  place: "orders/hookline",
  claim: { queue: "Zoë's orders", reference: "0000-1-token" },
  attempt: 3,
  policy: {
    maximumAttempts: 10,
    backoffSeconds: 5,
    maximumBackoffSeconds: 60,
    onExhausted: "block",
  },
};
const here = { connection: handle.connection, place: handle.place };

describe("a lease's handle", () => {
  it("comes out as it went in", () => {
    expect(readHandle(toHandle(handle), here)).toEqual(handle);
  });

  it("survives a step that adds blanks around it", () => {
    expect(readHandle(` ${toHandle(handle)}\n`, here)).toEqual(handle);
  });

  it("is plain text that no system on the way changes", () => {
    expect(toHandle(handle)).toMatch(/^[\w.-]+$/);
  });

  it("does not tell where the queue is", () => {
    const [, content = ""] = toHandle(handle).split(".");
    expect(Buffer.from(content, "base64url").toString()).not.toContain(handle.place);
  });

  it("is refused when any one character is changed, added or missing", () => {
    const text = toHandle(handle);
    const position = fc.integer({ min: 0, max: text.length - 1 });
    const character = fc.constantFrom(..."abcXYZ019-_.");
    fc.assert(
      fc.property(position, character, (at, other) => {
        const variants = [
          text.slice(0, at) + other + text.slice(at + 1),
          text.slice(0, at) + other + text.slice(at),
          text.slice(0, at) + text.slice(at + 1),
          text.slice(0, at),
        ];
        for (const variant of variants.filter((candidate) => candidate !== text))
          expect(() => readHandle(variant, here)).toThrow(/not a lease/);
      }),
    );
  });

  it.each([
    ["another kind of connection", { ...here, connection: "redisQueue" }],
    ["another place of the same kind", { ...here, place: "orders/other" }],
  ])("is refused for %s, and the message says which it belongs to", (_, there) => {
    expect(() => readHandle(toHandle(handle), there)).toThrow(
      /another connection \(postgresQueue\)/,
    );
  });

  it.each([
    "",
    " ",
    "null",
    "undefined",
    "{}",
    "hookline1..",
    "hookline2.e30.x",
    "a".repeat(100_000),
  ])("is refused where it is %j", (text) => {
    expect(() => readHandle(text, here)).toThrow(
      expect.objectContaining({ code: "LEASE_INVALID", retryable: false }),
    );
  });

  it.each([
    ["nothing", []],
    ["no list", { length: 9 }],
    ["a number for a text", ["postgresQueue", "p", "q", 1, 1, 1, 1, 1, "block"]],
    ["a negative count", ["postgresQueue", "p", "q", "r", -1, 1, 1, 1, "block"]],
    ["a count without an end", ["postgresQueue", "p", "q", "r", 1e308, 1, 1, 1, "block"]],
    ["a pause that nobody can choose", ["postgresQueue", "p", "q", "r", 1, 1, 1, 43_201, "block"]],
    ["a name that no queue has", ["postgresQueue", "p", "q\0", "r", 1, 1, 1, 1, "block"]],
    ["a name that no URL can hold", ["postgresQueue", "p", "q\ud800", "r", 1, 1, 1, 1, "block"]],
    ["an unknown policy", ["postgresQueue", "p", "q", "r", 1, 1, 1, 1, "forget"]],
    ["too much", ["postgresQueue", "p", "q", "r", 1, 1, 1, 1, "block", 1]],
  ])("is refused with a right checksum over %s", (_, parts) => {
    const content = Buffer.from(JSON.stringify(parts)).toString("base64url");
    const check = createHash("sha256").update(content).digest("base64url").slice(0, 16);
    expect(() => readHandle(`hookline1.${content}.${check}`, here)).toThrow(/not a lease/);
  });

  it("repeats nothing of what it was given in its error", () => {
    expect(() => readHandle("my-secret", here)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("my-secret") }),
    );
  });
});
