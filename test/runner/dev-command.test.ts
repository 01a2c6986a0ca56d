import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { compileProgram } from "./support/compiled-program";
import { sendJson } from "./support/requests";
import { createFolder, fixture, toDefinition, writeYaml } from "./support/running";
import { waitUntil } from "./support/wait-until";

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly code: Promise<number | null>;
}

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

const run = (args: readonly string[]): Started => {
  const child = spawn(process.execPath, [compileProgram(), ...args], { cwd: createFolder() });
  children.push(child);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  const code = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, code, output: () => output, errors: () => errors };
};

const definition = toDefinition({ Obey: { trigger: "obey" } });
const component = ["--component", fixture("behaviours")];

const start = async (...args: string[]) => {
  const started = run(["dev", writeYaml(definition), ...component, "--port", "0", ...args]);
  await waitUntil(() => started.output().includes("Stop with Ctrl-C") || started.errors() !== "");
  const url = /http:\/\/\S+\/trigger\/\S+/.exec(started.output())?.[0] ?? "";
  return { ...started, url };
};

test("dev serves, shows each delivery on a line, and ends with Ctrl-C after what is in flight", async () => {
  const { child, url, output, errors, code } = await start("--data", "kept");
  const delivery = { provider: "github", type: "push", verified: true };
  await sendJson(url, { do: "delivery", delivery });
  const inFlight = sendJson(url, { do: "wait", milliseconds: 400 });
  await sendJson(url, { do: "throw", message: "Webhook rejected: secret-missing" });
  child.kill("SIGINT");
  expect((await inFlight).status).toBe(200);
  expect(await code).toBe(0);
  expect(errors()).toBe("");
  expect(output()).toMatch(/Obey {2}github {2}push {2}verified {2}- {2}200 {2}[\d.]+ ms\n/);
  expect(output()).toMatch(/rejected: secret-missing {2}- {2}400/);
  expect(output()).toMatch(/Obey {2}- {2}- {2}ran {2}- {2}200 {2}[45]\d\d\.\d ms\n/);
  expect(output()).not.toContain("\u001b");
});

test("a second Ctrl-C does not wait", async () => {
  const { child, url, output, code } = await start();
  sendJson(url, { do: "hang" }).catch(() => undefined);
  await sendJson(url, { do: "undefined" });
  child.kill("SIGINT");
  await waitUntil(() => output().includes("Stopping"));
  child.kill("SIGINT");
  expect(await code).toBe(130);
});

test("the component's process does not outlive a runner that is killed", async () => {
  const { child, code } = await start();
  const [guest] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").split(" ");
  child.kill("SIGKILL");
  await code;
  await waitUntil(() => !existsSync(`/proc/${guest}`));
});

test("the status of a throwing trigger can be chosen, and nothing saved", async () => {
  const { child, url, code } = await start("--throw-status", "503", "--no-journal", "--data", "d");
  expect((await sendJson(url, { do: "throw", message: "no" })).status).toBe(503);
  child.kill("SIGTERM");
  expect(await code).toBe(0);
});

describe("what a person must put right ends with exit code 1 and says so", () => {
  const missingSecret = writeYaml(
    toDefinition(
      {
        A: {
          trigger: "demanding",
          inputs: {
            topic: { type: "value", value: "x" },
            credentials: { type: "configVar", value: "Key" },
          },
        },
      },
      {
        requiredConfigVars: [
          {
            key: "Key",
            dataType: "connection",
            connection: { key: "credentials", component: { key: "behaviours" } },
          },
        ],
      },
    ),
  );
  const unknown = writeYaml(toDefinition({ A: { component: "nobody", trigger: "x" } }));
  const noTopic = writeYaml(toDefinition({ A: { trigger: "demanding" } }));

  test.each<[string, string[], RegExp]>([
    [
      "a missing file",
      ["dev", "nowhere.yml", ...component],
      /^INTEGRATION_INVALID: nowhere\.yml cannot be read/,
    ],
    [
      "an unknown component",
      ["dev", unknown, ...component],
      /^INTEGRATION_INVALID: Flow "A" uses component "nobody"/,
    ],
    [
      "a missing input",
      ["dev", noTopic, ...component],
      /^INTEGRATION_INVALID: Input "topic" of flow "A" is required/,
    ],
    [
      "a missing secret",
      ["dev", missingSecret, ...component],
      /^CONFIGURATION_INVALID: Connection "Key" needs a value for "secret"/,
    ],
    [
      "a missing configuration file",
      ["dev", missingSecret, "--config", "none.yml", ...component],
      /^CONFIGURATION_INVALID: none\.yml cannot be read/,
    ],
    [
      "a missing build",
      ["dev", missingSecret],
      /^COMPONENT_UNUSABLE: There is no built component in dist.*npm run build/,
    ],
    ["a port that is none", ["dev", "--port", "x"], /A port is a whole number from 0 to 65535/],
    ["a command that does not exist", ["serve"], /unknown command 'serve'/],
  ])("%s", async (_what, args, message) => {
    const started = run(args);
    expect(await started.code).toBe(1);
    expect(started.errors()).toMatch(message);
    expect(started.errors()).not.toMatch(/\n\s+at /);
  });

  test("a port that is taken", async () => {
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const port = String((other.address() as AddressInfo).port);
    const started = run(["dev", writeYaml(definition), ...component, "--port", port]);
    expect(await started.code).toBe(1);
    expect(started.errors()).toContain(`PORT_TAKEN: Port ${port} is already in use`);
    other.close();
  });
});

test("--help explains itself and ends with 0", async () => {
  const started = run(["dev", "--help"]);
  expect(await started.code).toBe(0);
  expect(started.output()).toContain("--component <folder>");
});
