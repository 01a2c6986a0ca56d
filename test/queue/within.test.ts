import { within } from "../../src/queue/within";

const tooLate = () => new Error("too late");

it("gives what comes in time", async () => {
  expect(await within(60_000, Promise.resolve("done"), tooLate)).toBe("done");
});

it("throws what is thrown in time", async () => {
  await expect(within(60_000, Promise.reject(new Error("failed")), tooLate)).rejects.toThrow(
    "failed",
  );
});

it("throws when the time is up, and lets what comes later be", async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  let fail: (reason: Error) => void = () => undefined;
  const work = new Promise<string>((_resolve, reject) => {
    fail = reject;
  });
  await expect(within(1, work, tooLate)).rejects.toThrow("too late");
  fail(new Error("failed later"));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", listen);
  expect(unhandled).toEqual([]);
});
