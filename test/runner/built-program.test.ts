import { spawn } from "node:child_process";
import { join } from "node:path";
import { sendJson } from "./support/requests";
import { createFolder, fixture, toDefinition, writeYaml } from "./support/running";
import { waitUntil } from "./support/wait-until";

const ROOT = join(__dirname, "../..");
/** Inside node_modules, so that the libraries that are not bundled are found. */
const OUTPUT = join(ROOT, "node_modules/.cache/hookline-built");

const build = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const webpack = join(ROOT, "node_modules/webpack-cli/bin/cli.js");
    const args = [webpack, "--config-name", "runner", "--output-path", OUTPUT];
    const child = spawn(process.execPath, args, { cwd: ROOT });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => {
      if (code === 0 && !output.includes("WARNING")) resolve();
      else reject(new Error(output));
    });
  });

test("the bundled program builds without a warning, serves, runs components and stops", async () => {
  await build();
  const integration = writeYaml(toDefinition({ Obey: { trigger: "obey" } }));
  const program = join(OUTPUT, "hookline.js");
  const args = ["dev", integration, "--component", fixture("behaviours"), "--port", "0"];
  const child = spawn(process.execPath, [program, ...args], { cwd: createFolder() });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const code = new Promise((resolve) => child.on("close", resolve));
  await waitUntil(() => output.includes("Stop with Ctrl-C"));
  const url = /http:\/\/\S+\/trigger\/\S+/.exec(output)?.[0] ?? "";
  expect((await sendJson(url, { do: "exit", code: 4 })).text).toContain("process.exit(4)");
  expect((await sendJson(url, { do: "undefined" })).status).toBe(200);
  child.kill("SIGINT");
  expect(await code).toBe(0);
});
