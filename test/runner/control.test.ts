import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { announceInstance } from "../../src/runner/control/running-instance";
import { runCommand } from "./support/command";
import { type Lifecycle, startLifecycle } from "./support/lifecycle";
import { send } from "./support/requests";
import { createFolder } from "./support/running";

let lifecycle: Lifecycle;
let url: string;
let token: string;

beforeEach(async () => {
  lifecycle = await startLifecycle({ A: {} });
  const { runner, recorder } = lifecycle;
  url = `${runner.url}/instance/disable`;
  token = runner.controlToken;
  recorder.calls.length = 0;
});

const expectNothingDone = async () => {
  expect(lifecycle.recorder.calls).toEqual([]);
  expect((await send(lifecycle.runner.urlOf("A"))).status).toBe(200);
};

test("with the token an operation is carried out, and its answer tells line by line what happened", async () => {
  const reply = await send(url, { headers: ["Authorization", `Bearer ${token}`] });
  expect(reply.status).toBe(200);
  const events = reply.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.slice(0, 2)).toEqual([
    { log: { level: "info", flow: "A", text: "Running webhookLifecycleHandlers.delete" } },
    { log: { level: "info", flow: "A", text: "in webhookDelete" } },
  ]);
  expect(events.at(-1).report).toMatchObject({ failures: [], isBlocked: false });
  expect((await send(lifecycle.runner.urlOf("A"))).status).toBe(404);
});

test("without it, with a wrong one, from a web page or under another name nothing is done", async () => {
  const right = ["Authorization", `Bearer ${token}`];
  const { host } = new URL(url);
  const refused = [
    [],
    ["Authorization", "Bearer "],
    ["Authorization", `Bearer ${token}x`],
    ["Authorization", token],
    [...right, "Origin", lifecycle.runner.url],
    [...right, "Origin", "null"],
    [...right, "Host", "attacker.example"],
    [...right, "Host", `${host}.attacker.example`],
  ];
  for (const headers of refused) {
    const reply = await send(url, { headers });
    expect([headers, reply.status]).toEqual([headers, 403]);
  }
  await expectNothingDone();
});

test("a page cannot ask beforehand whether it may, and reading does nothing", async () => {
  const headers = ["Authorization", `Bearer ${token}`];
  const preflight = await send(url, {
    method: "OPTIONS",
    headers: ["Origin", "http://x.example", "Access-Control-Request-Method", "POST"],
  });
  expect(preflight.status).toBe(404);
  expect(Object.keys(preflight.headers).join()).not.toContain("access-control");
  expect((await send(url, { method: "GET", headers })).status).toBe(404);
  await expectNothingDone();
});

test("an operation that does not exist is 404", async () => {
  const headers = ["Authorization", `Bearer ${token}`];
  const reply = await send(`${lifecycle.runner.url}/instance/explode`, { headers });
  expect(reply.status).toBe(404);
  expect(reply.text).toContain("deploy, delete, enable, disable");
});

test("the list of flows tells how the instance is, and no secret", async () => {
  await lifecycle.runner.instance.perform("disable");
  await lifecycle.runner.instance.perform("listen");
  const { text } = await send(lifecycle.runner.url, { method: "GET" });
  expect(text).toMatch(
    /^Test integration\nThe instance is disabled\.\nA {2}http.*\nA \(listening\) {2}http/,
  );
  expect(text).not.toContain(token);
});

const announce = (dataFolder: string, change: { url?: string; controlToken?: string } = {}) =>
  announceInstance(dataFolder, {
    url: lifecycle.runner.url,
    integration: undefined,
    configuration: undefined,
    flows: lifecycle.runner.flows(),
    controlToken: token,
    queueConnection: "postgres://unused",
    ...change,
  });

test("the token lies beside running.json, where only its owner can read it, and leaves with it", () => {
  const folder = createFolder();
  const file = join(folder, "control-token");
  writeFileSync(file, "an old one", { mode: 0o644 });
  const retract = announce(folder);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8").trim()).toBe(token);
  expect(readFileSync(join(folder, "running.json"), "utf8")).not.toContain(token);
  retract();
  expect(() => statSync(file)).toThrow("ENOENT");
});

test("a command says what is wrong where the runner does not know its token, or is gone", async () => {
  const folder = createFolder();
  announce(folder, { controlToken: "another" });
  const refused = await runCommand(["disable", "--data", folder]);
  expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining("status 403") });
  await expectNothingDone();
  announce(folder);
  await lifecycle.runner.close();
  const gone = await runCommand(["disable", "--data", folder]);
  expect(gone.code).toBe(1);
  expect(gone.errors).toMatch(/^DELIVERY_FAILED: Nothing answers at http.*hookline dev/);
  const none = await runCommand(["disable", "--data", createFolder()]);
  expect(none.code).toBe(1);
  expect(none.errors).toMatch(/^DELIVERY_FAILED: No runner is up .*--data/);
});
