import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { send } from "./support/requests";
import { fixture, startTestRunner, toDefinition, writeYaml } from "./support/running";

const value = (text: string) => ({ type: "value", value: text });
const start = (flows: Parameters<typeof toDefinition>[0]) =>
  startTestRunner({ integration: writeYaml(toDefinition(flows)) });
const choosing = (inputs: Record<string, string>) => ({
  trigger: "choosing",
  inputs: Object.fromEntries(Object.entries(inputs).map(([key, text]) => [key, value(text)])),
});

test("inputs that no request can succeed with, or that are none of the choices, are said before the first request", async () => {
  const runner = await start({
    A: choosing({ size: "much", colour: "red" }),
    B: choosing({ size: "7", colour: "rde" }),
    C: choosing({ size: "7", colour: "blue" }),
    D: choosing({ size: "7", colour: "" }),
  });
  const warnings = () => runner.logs.filter(({ level }) => level === "warn");
  const expected = [
    {
      level: "warn",
      flow: "A",
      text: 'Every request will fail until an input is put right. Size: "much" is no number.',
    },
    {
      level: "warn",
      flow: "B",
      text: 'Colour is "rde", which is none of its choices. Did you mean red?',
    },
    {
      level: "warn",
      flow: "C",
      text: 'Colour is "blue", which is none of its choices. There are red, green.',
    },
  ];
  expect(warnings()).toEqual(expected);
  await runner.instance.perform("disable");
  await runner.instance.perform("enable");
  expect(warnings()).toEqual(expected);
  await runner.instance.perform("deploy");
  expect(warnings()).toEqual([...expected, ...expected]);
  expect((await send(runner.urlOf("A"))).text).toContain("is no number");
});

test("they are not said again of flows that a failed redeploy leaves as they were", async () => {
  const folder = [fixture("behaviours"), fixture("lifecycle")];
  const failing = (failIn: string) => ({
    component: "lifecycle",
    trigger: "recording",
    inputs: { failIn: value(failIn) },
  });
  const write = (failIn: string, size: string) =>
    toDefinition({ A: choosing({ size }), B: failing(failIn) });
  const integration = writeYaml(write("", "much"));
  const runner = await startTestRunner({ components: folder, integration });
  writeFileSync(integration, stringify(write("onInstanceDeploy", "7")));
  expect((await runner.instance.perform("deploy")).isBlocked).toBe(true);
  expect((await send(runner.urlOf("A"))).text).toContain("is no number");
  expect(runner.logs.filter(({ text }) => text.includes("put right"))).toHaveLength(1);
});

test("a component that is started again does not repeat them", async () => {
  const runner = await start({ A: choosing({ size: "much" }), Obey: { trigger: "obey" } });
  const headers = ["Content-Type", "application/json"];
  await send(runner.urlOf("Obey"), { headers, body: '{"do":"exit","code":1}' });
  expect((await send(runner.urlOf("A"))).status).toBe(400);
  expect(runner.logs.filter(({ text }) => text.includes("put right"))).toHaveLength(1);
});
