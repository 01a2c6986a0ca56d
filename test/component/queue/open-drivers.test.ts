import { createOpenDrivers } from "../../../src/component/queue/open-drivers";
import { HooklineError } from "../../../src/errors";
import type { QueueDriver } from "../../../src/queue/driver";
import { createMemoryDriver } from "../../support/queue/memory-driver";

const createEngine = () => {
  const opened: string[] = [];
  const closed: string[] = [];
  const open = (name: string) => async (): Promise<QueueDriver> => {
    opened.push(name);
    const driver = createMemoryDriver(Date.now);
    return {
      ...driver,
      close: async () => {
        closed.push(name);
      },
    };
  };
  return { opened, closed, open };
};

const nothing = async (): Promise<void> => undefined;

const createGate = () => {
  let pass = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  return { pass, passed };
};

it("opens a driver once for all calls, those at the same time included", async () => {
  const { opened, closed, open } = createEngine();
  const drivers = createOpenDrivers(2);
  await Promise.all([drivers.use("a", open("a"), nothing), drivers.use("a", open("a"), nothing)]);
  await drivers.use("a", open("a"), nothing);
  expect({ opened, closed }).toEqual({ opened: ["a"], closed: [] });
});

it("closes the one that was used least recently to make room", async () => {
  const { closed, open } = createEngine();
  const drivers = createOpenDrivers(2);
  for (const name of ["a", "b", "a", "c"]) await drivers.use(name, open(name), nothing);
  expect(closed).toEqual(["b"]);
});

it("closes none that is in use", async () => {
  const { closed, open } = createEngine();
  const drivers = createOpenDrivers(1);
  const gate = createGate();
  const busy = drivers.use("a", open("a"), () => gate.passed);
  await drivers.use("b", open("b"), nothing);
  expect(closed).toEqual([]);
  gate.pass();
  await busy;
  await drivers.use("c", open("c"), nothing);
  expect(closed).toEqual(["a", "b"]);
});

it("tries again what could not be opened", async () => {
  const { open } = createEngine();
  const drivers = createOpenDrivers(2);
  const refuse = () => Promise.reject(new HooklineError("CONNECTION_INVALID", "no such user"));
  await expect(drivers.use("a", refuse, nothing)).rejects.toThrow("no such user");
  await expect(drivers.use("a", open("a"), async () => "done")).resolves.toBe("done");
});

it("opens a driver anew whose engine has failed, and closes the old one when nobody uses it any more", async () => {
  const { opened, closed, open } = createEngine();
  const drivers = createOpenDrivers(2);
  const gate = createGate();
  const busy = drivers.use("a", open("a"), () => gate.passed);
  const fail = () => Promise.reject(new HooklineError("QUEUE_UNAVAILABLE", "it went away"));
  await expect(drivers.use("a", open("a"), fail)).rejects.toThrow("it went away");
  await drivers.use("a", open("a"), nothing);
  expect({ opened, closed }).toEqual({ opened: ["a", "a"], closed: [] });
  gate.pass();
  await busy;
  expect(closed).toEqual(["a"]);
});

it.each(["INPUT_INVALID", "LEASE_INVALID"] as const)(
  "keeps a driver after %s, which is not its engine's fault",
  async (code) => {
    const { opened, open } = createEngine();
    const drivers = createOpenDrivers(2);
    const fail = () => Promise.reject(new HooklineError(code, "no"));
    await expect(drivers.use("a", open("a"), fail)).rejects.toThrow("no");
    await drivers.use("a", open("a"), nothing);
    expect(opened).toEqual(["a"]);
  },
);

it("leaves no rejection behind where closing fails", async () => {
  const drivers = createOpenDrivers(1);
  const driver = createMemoryDriver(Date.now);
  const open = async () => ({ ...driver, close: () => Promise.reject(new Error("broken")) });
  await drivers.use("a", open, nothing);
  await expect(drivers.use("b", open, async () => "done")).resolves.toBe("done");
});
