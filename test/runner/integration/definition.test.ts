import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toIntegrationDefinition } from "../../../src/runner/integration/definition";
import { readDocument } from "../../../src/runner/integration/document";
import { toDefinition, toFlow, writeYaml } from "../support/running";

const read = (document: object) => toIntegrationDefinition(document, "it.yml");
const echo = toFlow("Echo", { trigger: "echo" });
const withFlows = (...flows: object[]) => ({ definitionVersion: 7, name: "It", flows });

test("a definition gives flows, their triggers and what they are configured with", () => {
  const inputs = {
    plain: { type: "value", value: "x" },
    secret: { type: "configVar", value: "Key" },
  };
  const flow = toFlow("Echo", { trigger: "echo", inputs, extra: { isSynchronous: true } });
  const { flows } = read(withFlows(flow));
  expect(flows[0]).toMatchObject({
    name: "Echo",
    stableKey: "Echo",
    component: "behaviours",
    trigger: "echo",
    triggerName: "Echo trigger",
    isSynchronous: true,
    endpointSecurity: "customer_optional",
    stepCount: 0,
  });
  expect(flows[0]?.inputs.secret).toMatchObject({ type: "configVar", value: "Key" });
});

test("steps behind a trigger are counted, in its branches too", () => {
  const [trigger] = echo.steps;
  const step = { name: "Next", action: { key: "log", component: { key: "log" } } };
  const branches = [{ name: "Notification", steps: [step, step] }, { name: "Rejected" }];
  const { flows } = read(withFlows({ ...echo, steps: [{ ...trigger, branches }, step] }));
  expect(flows[0]?.stepCount).toBe(3);
});

test.each([
  ["no map at all", [], /it\.yml should be a map of names to values, but is a list/],
  ["another file", { name: "x" }, /it\.yml has no definitionVersion/],
  ["a code-native integration", { ...withFlows(echo), isCodeNative: true }, /code-native/],
  ["no flows", withFlows(), /it\.yml has no flows/],
  [
    "flows that are no list",
    { definitionVersion: 7, name: "x", flows: {} },
    /flows should be a list/,
  ],
  [
    "a flow without a name",
    withFlows({ steps: [] }),
    /flows\[0\]\.name should be a text, but is nothing/,
  ],
  ["a flow without a trigger", withFlows({ name: "A", steps: [] }), /Flow "A" has no trigger/],
  ["two flows of one name", withFlows(echo, echo), /Two flows are called "Echo"/],
  [
    "an action without a component",
    withFlows({ name: "A", steps: [{ isTrigger: true, action: { key: "x" } }] }),
    /flows\[0\]\.steps\[0\]\.action\.component should be a map/,
  ],
  [
    "an input of no known type",
    withFlows(toFlow("A", { trigger: "echo", inputs: { a: { type: "magic" } } })),
    /flows\[0\]\.steps\[0\]\.inputs\.a\.type is "magic"/,
  ],
  [
    "a config variable without a type",
    { ...withFlows(echo), requiredConfigVars: [{ key: "K" }] },
    /requiredConfigVars\[0\]\.dataType should be a text/,
  ],
])("%s is refused with the place that is wrong", (_what, document, message) => {
  expect(() => read(document)).toThrow(message);
});

test("a file that is not YAML is refused with line and column", () => {
  const file = writeYaml({});
  const broken = join(file, "..", "broken.yml");
  writeFileSync(broken, "name: x\nflows:\n  - a: [1\n");
  expect(() => readDocument(broken, "INTEGRATION_INVALID")).toThrow(
    /broken\.yml:\d+:\d+ is not valid YAML/,
  );
});

test("aliases that expand without end are refused", () => {
  const file = writeYaml({});
  const bomb = join(file, "..", "bomb.yml");
  const levels = Array.from({ length: 12 }, (_, index) =>
    index === 0
      ? 'a0: &a0 ["x","x"]'
      : `a${index}: &a${index} [${Array(9)
          .fill(`*a${index - 1}`)
          .join(",")}]`,
  );
  writeFileSync(bomb, levels.join("\n"));
  expect(() => readDocument(bomb, "INTEGRATION_INVALID")).toThrow(/aliases expand without end/);
});

test("a file that does not exist is refused by name", () => {
  expect(() => readDocument("missing.yml", "INTEGRATION_INVALID")).toThrow(
    /missing\.yml cannot be read/,
  );
});

const examples = join(__dirname, "../../../examples");

test.each(
  readdirSync(examples).filter((name) => name.endsWith(".yml") && !name.endsWith(".config.yml")),
)("examples/%s is a valid definition", (name) => {
  const document = readDocument(join(examples, name), "INTEGRATION_INVALID");
  const { flows, variables } = toIntegrationDefinition(document, name);
  expect(flows.length).toBeGreaterThan(0);
  const pages = (document as { configPages: { elements: { value: string }[] }[] }).configPages;
  const shown = pages.flatMap(({ elements }) => elements.map(({ value }) => value));
  expect(shown.sort()).toEqual(variables.map(({ key }) => key).sort());
});

test("the sketch that tests write is a definition itself", () => {
  expect(read(toDefinition({ A: { trigger: "echo" } })).flows).toHaveLength(1);
});
