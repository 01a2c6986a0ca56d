import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, projectRoot } from "../../support/built";
import { runCommand } from "../support/command";
import { createFolder, toDefinition, writeYaml } from "../support/running";

jest.setTimeout(120_000);

const example = join(projectRoot, "examples/catch-webhooks.yml");

/** Serves the example until the commands have run, and returns what each said, with the console of the runner. */
const withExample = async (
  commands: readonly (readonly string[])[],
  flags: readonly string[] = [],
) => {
  await ensureBuilt("component");
  const data = createFolder();
  const outcomes: Awaited<ReturnType<typeof runCommand>>[] = [];
  const argv = [
    "dev",
    example,
    "--port",
    "0",
    "--data",
    data,
    "--component",
    join(projectRoot, "dist"),
    ...flags,
  ];
  const dev = await runCommand(argv, async () => {
    for (const command of commands) outcomes.push(await runCommand([...command, "--data", data]));
  });
  return { dev, outcomes, data };
};

/** `Catch GitHub  github  issues.opened  verified …` without time and duration. */
const deliveryLines = (output: string): string[] =>
  output.split("\n").flatMap((line) => {
    const [clock = "", ...words] = line.split("  ");
    return /^\d\d:\d\d/.test(clock) && words.length === 7 ? [words.slice(0, 6).join(" | ")] : [];
  });

const statuses = (output: string): string[] =>
  output
    .split("\n")
    .slice(1)
    .flatMap((line) => line.split("  ")[0] || []);

it("sends genuine, repeated and forged deliveries to the flow that catches the provider", async () => {
  const { dev, outcomes } = await withExample([
    ["send", "github"],
    ["send", "github", "--count", "2", "--duplicate", "1", "--shuffle"],
    ["send", "github", "--forge"],
    ["send", "slack", "--at", "2020-01-01T00:00:00Z"],
    ["send", "slack", "challenge"],
    ["send", "github", "--secret", "another"],
    ["send", "stripe", "--flow", "Catch anything", "--secret", "whsec_x"],
  ]);
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(outcomes.map(({ output }) => statuses(output))).toEqual([
    ["200"],
    ["200", "200", "200", "200"],
    ["400"],
    ["400"],
    ["200"],
    ["400"],
    ["200"],
  ]);
  expect(outcomes[4]!.output).toContain(
    '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}',
  );
  const genuine = "Catch GitHub | github | issues.opened | verified | Notification | 200";
  expect(deliveryLines(dev.output)).toEqual([
    genuine,
    genuine,
    genuine,
    genuine,
    genuine,
    "Catch GitHub | github | - | rejected: signature-mismatch | - | 400",
    "Catch Slack | slack | - | rejected: timestamp-outside-tolerance | - | 400",
    "Catch Slack | slack | unknown | verified | URL Verify | 200",
    "Catch GitHub | github | - | rejected: signature-mismatch | - | 400",
    "Catch anything | raw | invoice.paid | not verified | Notification | 200",
  ]);
  expect(dev.output).not.toContain("demo-secret");
});

it("shows by the demo what is accepted, what is not, and why", async () => {
  const { dev, data } = await withExample([], ["--demo"]);
  expect(dev.code).toBe(0);
  const github = "Catch GitHub | github";
  const slack = "Catch Slack | slack";
  expect(deliveryLines(dev.output)).toEqual([
    `${github} | issues.opened | verified | Notification | 200`,
    `${github} | issues.opened | verified | Notification | 200`,
    `${github} | - | rejected: signature-mismatch | - | 400`,
    `${github} | unknown | verified | URL Verify | 200`,
    `${slack} | app_mention | verified | Notification | 200`,
    `${slack} | app_mention | verified | Notification | 200`,
    `${slack} | - | rejected: signature-mismatch | - | 400`,
    `${slack} | - | rejected: timestamp-outside-tolerance | - | 400`,
    `${slack} | unknown | verified | URL Verify | 200`,
    "Catch anything | raw | order.paid | not verified | Notification | 200",
    "Catch anything | raw | unknown | not verified | Notification | 200",
    "Catch anything | raw | unknown | not verified | Notification | 200",
  ]);
  expect(() => readFileSync(join(data, "running.json"))).toThrow("ENOENT");
});

it("leaves out of the demo a flow that no delivery can be made for, and goes on", async () => {
  await ensureBuilt("component");
  const flow = {
    component: "hookline",
    trigger: "catchProviderWebhook",
    inputs: { provider: { type: "value", value: "truelayer" } },
  };
  const flows = { Unsignable: flow };
  const argv = ["dev", writeYaml(toDefinition(flows)), "--port", "0", "--data", createFolder()];
  const { code, output, errors } = await runCommand([
    ...argv,
    "--component",
    join(projectRoot, "dist"),
    "--demo",
  ]);
  expect(errors).toBe("");
  expect(code).toBe(0);
  expect(output).toMatch(
    /demo: Unsignable gets no more deliveries\. .* can only be made by the provider\./,
  );
});

it("says which flows there are when none catches the provider", async () => {
  const { outcomes } = await withExample([
    ["send", "stripe"],
    ["send", "github", "--flow", "Catch all"],
  ]);
  expect(outcomes[0]).toMatchObject({
    code: 1,
    errors: expect.stringMatching(
      /^INPUT_INVALID: No flow of the running instance catches Stripe.*"Catch GitHub" \(github\)/,
    ),
  });
  expect(outcomes[1]).toMatchObject({
    code: 1,
    errors: expect.stringContaining('No flow is called "Catch all"'),
  });
});

it("says that a flow has no secret, or that the instance alone knows it", async () => {
  const value = (text: string) => ({ type: "value", value: text });
  const standIn = { type: "configVar", value: "Kinetic" };
  const catching = { trigger: "catchProviderWebhook", inputs: { provider: value("github") } };
  const managed = {
    trigger: "kineticWebhook",
    inputs: { connection: standIn, kapp: value("catalog"), events: value("Submission Submitted") },
  };
  const flows = {
    Code: { component: "hookline", ...catching },
    Forms: { component: "hookline", ...managed },
  };
  const connection = { key: "kinetic", component: { key: "hookline" } };
  const variable = { key: "Kinetic", dataType: "connection", connection };
  const integration = writeYaml(toDefinition(flows, { requiredConfigVars: [variable] }));
  const dataFolder = createFolder();
  const running = [
    { name: "Code", trigger: "catchProviderWebhook", url: "http://127.0.0.1:9/gone" },
    { name: "Forms", trigger: "kineticWebhook", url: "http://127.0.0.1:9/gone" },
  ];
  const word = { url: "http://127.0.0.1:9", integration, configuration: null, flows: running };
  writeFileSync(join(dataFolder, "running.json"), JSON.stringify(word));
  const send = (...argv: string[]) => runCommand(["send", ...argv, "--data", dataFolder]);
  expect((await send("github")).errors).toBe(
    'INPUT_INVALID: No secret is set for flow "Code", so nothing of GitHub can be signed for it. Set it in the configuration, or give one with --secret.\n',
  );
  expect((await send("kinetic")).errors).toMatch(
    /^INPUT_INVALID: Flow "Forms" subscribes at Kinetic Platform by itself, .*hookline dev --stand-in/,
  );
  for (const id of ["github", "kinetic"])
    expect((await send(id, "--secret", "s")).errors).toMatch(/^DELIVERY_FAILED/);
});

it("reads the secret from the configuration where there is no integration", async () => {
  await ensureBuilt("component");
  const given = {
    "catchProviderWebhook.provider": "github",
    "catchProviderWebhook.signingSecret": { secret: "of the test" },
  };
  const data = createFolder();
  const place = ["--port", "0", "--data", data, "--component", join(projectRoot, "dist")];
  const outcomes: Awaited<ReturnType<typeof runCommand>>[] = [];
  const { output } = await runCommand(
    ["dev", "--config", writeYaml(given, "values.yml"), ...place],
    async () => {
      outcomes.push(await runCommand(["send", "github", "--data", data]));
    },
  );
  expect(outcomes).toMatchObject([{ code: 0, errors: "" }]);
  expect(deliveryLines(output)).toEqual([
    "Catch Provider Webhook | github | issues.opened | verified | Notification | 200",
  ]);
});

it("says how to start a runner when none is up", async () => {
  const { code, errors } = await runCommand(["send", "github", "--data", createFolder()]);
  expect(code).toBe(1);
  expect(errors).toMatch(/^DELIVERY_FAILED: No runner is up .*hookline dev/);
});

it("says that nothing answers at a URL", async () => {
  const { code, errors } = await runCommand([
    "send",
    "github",
    "--url",
    "http://127.0.0.1:9/x",
    "--secret",
    "s",
  ]);
  expect(code).toBe(1);
  expect(errors).toMatch(/^DELIVERY_FAILED: Nothing answered at 127\.0\.0\.1:9/);
});

it.each([
  [["send", "github", "--count", "-1"], "whole number"],
  [["send", "github", "--count", "1e9"], "whole number"],
  [["send", "github", "--at", "yesterday"], "time such as"],
  [["send", "nobody"], 'No provider is called "nobody"'],
  [["send", "github", "--url", "notaurl", "--secret", "s"], "whole URL"],
  [["send", "github", "--url", "http://127.0.0.1:9/"], "--url needs --secret"],
  [["send", "github", "--option", "foo"], "name and a value"],
  [["send", "github", "--count", "0"], "at least 1"],
  [["dev", "--data", __filename], "cannot be used as data folder"],
  [
    ["send", "github", "--url", "http://127.0.0.1:9/", "--secret", "@/nonexistent"],
    "/nonexistent cannot be read",
  ],
])("refuses %p with a clear message", async (argv, message) => {
  const { code, errors } = await runCommand(argv);
  expect(code).toBe(1);
  expect(errors).toContain(message);
});
