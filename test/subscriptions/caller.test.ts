import { HooklineError } from "../../src/errors";
import { type ApiAnswer, del, get, patch, post, put } from "../../src/http/api-request";
import { createCaller, isTransient } from "../../src/subscriptions/caller";
import { answer } from "../support/subscription-world";

const START = Date.parse("2026-01-01T00:00:00Z");
const unreachable = () => new HooklineError("PROVIDER_UNREACHABLE", "No answer.");

type Outcome = ApiAnswer | Error;

/** A caller whose provider answers one after the other, the last one for ever. */
const createScene = (outcomes: readonly Outcome[], budgetMilliseconds = 20_000) => {
  const waits: number[] = [];
  let now = START;
  let calls = 0;
  const send = createCaller(
    async () => {
      const outcome = outcomes[Math.min(calls, outcomes.length - 1)]!;
      calls += 1;
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    {
      now: () => new Date(now),
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
      },
      deadline: new Date(START + budgetMilliseconds),
    },
  );
  return { send, waits, calls: () => calls };
};

const retryAfter = (value: string) => answer(429, "", { "retry-after": value });
const ok = answer(200, "fine");

describe("a call that fails for now", () => {
  it.each([408, 425, 429, 500, 502, 503, 504])("is repeated after a %i", async (status) => {
    const { send, waits } = createScene([answer(status), answer(status), ok]);
    expect(await send(get("/hooks"))).toBe(ok);
    expect(waits).toEqual([500, 1_000]);
  });

  it("is repeated when no answer comes", async () => {
    const { send, calls } = createScene([unreachable(), ok]);
    expect(await send(put("/hooks/1", {}))).toBe(ok);
    expect(calls()).toBe(2);
  });

  it("is given up after three attempts, with the last answer or the last error", async () => {
    const answered = createScene([answer(503)]);
    expect((await answered.send(get("/hooks"))).status).toBe(503);
    expect(answered.calls()).toBe(3);
    const silent = createScene([unreachable()]);
    await expect(silent.send(get("/hooks"))).rejects.toMatchObject({
      code: "PROVIDER_UNREACHABLE",
    });
    expect(silent.calls()).toBe(3);
  });

  it.each([200, 201, 301, 400, 401, 403, 404, 409, 422, 501])(
    "is not repeated after a %i",
    async (status) => {
      const { send, calls } = createScene([answer(status)]);
      expect((await send(del("/hooks/1"))).status).toBe(status);
      expect(calls()).toBe(1);
    },
  );

  it("is not repeated when something else is wrong", async () => {
    const { send, calls } = createScene([new TypeError("a bug")]);
    await expect(send(get("/hooks"))).rejects.toThrow("a bug");
    expect(calls()).toBe(1);
  });
});

describe("being asked to wait", () => {
  it.each([
    ["7", 7_000],
    ["0", 0],
    ["1.5", 1_500],
    ["Thu, 01 Jan 2026 00:00:09 GMT", 9_000],
    ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
    ["soon", 500],
    ["-3", 0],
  ])("for %s is waiting %i ms", async (value, milliseconds) => {
    const { send, waits } = createScene([retryAfter(value), ok]);
    expect(await send(get("/hooks"))).toBe(ok);
    expect(waits).toEqual([milliseconds]);
  });

  it("for longer than there is time is an answer", async () => {
    const { send, waits, calls } = createScene([retryAfter("20")]);
    expect((await send(get("/hooks"))).status).toBe(429);
    expect([waits, calls()]).toEqual([[], 1]);
  });
});

describe("a POST", () => {
  it("is repeated only where it surely did nothing", async () => {
    const { send, calls } = createScene([retryAfter("1"), ok]);
    expect(await send(post("/hooks", {}))).toBe(ok);
    expect(calls()).toBe(2);
  });

  it.each([408, 500, 502, 503, 504])("is not repeated after a %i", async (status) => {
    const { send, calls } = createScene([answer(status), ok]);
    expect((await send(post("/hooks", {}))).status).toBe(status);
    expect(calls()).toBe(1);
  });

  it("is not repeated when no answer comes", async () => {
    const { send, calls } = createScene([unreachable(), ok]);
    await expect(send(post("/hooks", {}))).rejects.toMatchObject({ code: "PROVIDER_UNREACHABLE" });
    expect(calls()).toBe(1);
  });

  it("that only reads is repeated like a GET", async () => {
    const { send } = createScene([unreachable(), answer(503), ok]);
    expect(await send({ ...post("/graphql", {}), isRead: true })).toBe(ok);
  });
});

describe("the end of the time", () => {
  it("lets nothing new begin, and says what to do", async () => {
    const { send, calls } = createScene([ok], 0);
    const error = await send(patch("/hooks/1", {})).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "SUBSCRIPTION_FAILED", retryable: true });
    expect(error.message).toMatch(/time for one deploy is used up.*Deploy again/);
    expect(calls()).toBe(0);
  });

  it("ends the attempts", async () => {
    const { send, calls } = createScene([answer(503)], 1_400);
    expect((await send(get("/hooks"))).status).toBe(503);
    expect(calls()).toBe(2);
  });
});

it("what leaves open what happened are time-outs, slowing down and the server's own errors", () => {
  const statuses = [200, 302, 400, 404, 408, 409, 425, 429, 499, 500, 501, 503, 599];
  expect(statuses.filter(isTransient)).toEqual([408, 425, 429, 500, 501, 503, 599]);
});
