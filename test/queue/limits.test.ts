import { checkMessages, toReason } from "../../src/queue/limits";
import { memoryTraits } from "../support/queue/memory-driver";

const message = (body: string) => ({
  orderingKey: "a",
  dedupeKey: "1",
  body,
  delaySeconds: 0,
});

describe("the limits of a call", () => {
  it("refuse more than 64 million characters together, whatever the engine", () => {
    const most = message("x".repeat(16_777_216));
    expect(() => checkMessages([most, most, most, most], memoryTraits)).not.toThrow();
    expect(() => checkMessages([most, most, most, most, message("x")], memoryTraits)).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        message: expect.stringContaining("together they have 67108865 characters"),
      }),
    );
  });

  it("refuse more than 10,000 messages", () => {
    const messages = Array.from({ length: 10_001 }, () => message("x"));
    expect(() => checkMessages(messages, memoryTraits)).toThrow(/at most 10000 at once/);
  });
});

describe("a reason", () => {
  it("is one line of at most 1,000 characters, or the usual one", () => {
    expect(toReason(" no\u0000such\r\norder ", "usual")).toBe("no such order");
    expect(toReason("x".repeat(2000), "usual")).toHaveLength(1000);
    expect(toReason(" \n", "usual")).toBe("usual");
  });
});
