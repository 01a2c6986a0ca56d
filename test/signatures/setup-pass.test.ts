import { createSetupPass, isSetupPass } from "../../src/signatures/setup-pass";

const MADE = new Date("2026-06-10T12:00:00.000Z");
const secondsLater = (seconds: number): Date => new Date(MADE.getTime() + seconds * 1_000);
const pass = createSetupPass("key", "flow", MADE);

describe("a pass", () => {
  it.each([0, 60, 119])("is one for %i seconds", (seconds) => {
    expect(isSetupPass(pass, "key", "flow", secondsLater(seconds))).toBe(true);
  });

  it.each([-1, -10])("is one where the clock of another machine is %i seconds off", (seconds) => {
    expect(isSetupPass(pass, "key", "flow", secondsLater(seconds))).toBe(true);
  });

  it.each([120, 86_400, -3_600])("is none after %i seconds", (seconds) => {
    expect(isSetupPass(pass, "key", "flow", secondsLater(seconds))).toBe(false);
  });

  it.each([
    ["of another flow", pass, "key", "other"],
    ["made with another key", pass, "other", "flow"],
    ["made without a key", createSetupPass("", "flow", MADE), "", "flow"],
    ["that was made longer", `z${pass}`, "key", "flow"],
    ["without its proof", pass.split(".")[0] ?? "", "key", "flow"],
    ["that is empty", "", "key", "flow"],
  ])("%s is none", (_name, given, key, subject) => {
    expect(isSetupPass(given, key, subject, MADE)).toBe(false);
  });
});
