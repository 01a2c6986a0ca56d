import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ensureBuilt, projectRoot } from "../support/built";

jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), "hookline-orders-"));
/** What a failed test left running. */
let left: number | undefined;
afterAll(() => {
  if (left !== undefined) process.kill(-left, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const waitUntil = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await pause(20);
};

const readProcess = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
};

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);

const start = () => {
  const args = [join(projectRoot, "scripts/start-orders.js"), "--port", "0", "--data", folder];
  const child = spawn(process.execPath, args, { cwd: projectRoot, detached: true });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const code = new Promise((resolve) => child.on("close", resolve));
  left = child.pid;
  return { pid: child.pid as number, code, output: () => output };
};

const LAST = "queue: order #1003: create, cancelled, updated";

/** What happened to an order's events, line by line. */
const linesOf = (output: string, order: string): string[] =>
  [
    ...output.matchAll(
      new RegExp(`^queue: order ${order} {2}(\\S+) +attempt (\\d) {2}(.*)$`, "gm"),
    ),
  ].map(([, event, attempt, outcome]) => `${event} ${attempt} ${outcome}`);

test("npm start shows each order's events once and in order, whatever arrives twice, forged or fails, and ends with Ctrl-C", async () => {
  await ensureBuilt("component");
  await ensureBuilt("runner");
  const { pid, code, output } = start();
  await waitUntil(() => output().includes(LAST) || output().includes("_INVALID"));
  expect(linesOf(output(), "#1001")).toEqual([
    "create 1 acknowledged",
    "paid 1 acknowledged",
    "fulfilled 1 acknowledged",
  ]);
  expect(linesOf(output(), "#1002")).toEqual([
    "create 1 acknowledged",
    "paid 1 the warehouse did not answer: its order waits a moment, and is tried again",
    "paid 2 acknowledged",
    "fulfilled 1 acknowledged",
  ]);
  expect(linesOf(output(), "#1003")).toEqual([
    "create 1 acknowledged",
    "updated 1 its total is not a number: its order waits a moment, and is tried again",
    "updated 2 its total is not a number: its order waits a moment, and is tried again",
    "updated 3 its total is not a number: set aside, and its order goes on",
    "cancelled 1 acknowledged",
    "updated 1 acknowledged",
  ]);
  expect(output().match(/rejected: signature-mismatch {2}- {2}400/g)).toHaveLength(4);
  expect(output().match(/ events enqueued: 1,/g)).toHaveLength(9);
  expect(statSync(join(folder, "queue-connection")).mode & 0o777).toBe(0o600);
  const others = childrenOf(pid);
  expect(others.map(readProcess).join()).toMatch(/run-queue-engine/);
  process.kill(-pid, "SIGINT");
  expect(await code).toBe(0);
  left = undefined;
  await waitUntil(() => others.every((other) => readProcess(other) === ""));
  expect(existsSync(join(folder, "queue-connection"))).toBe(false);
  expect(output()).toMatch(/Stopping: finishing what is in flight/);
  expect(output()).not.toMatch(/\n\s+at /);
});
