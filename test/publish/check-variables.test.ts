import { checkVariables } from "./check-variables";

const query = `mutation publish($triggers: [TriggerDefinitionInput]!, $comment: String) { publish }`;
const display = { label: "A", description: "B" };
const input = { key: "a", label: "A", type: "string" };
const check = (trigger: object, rest: object = {}) =>
  checkVariables(query, { triggers: [{ key: "a", display, inputs: [], ...trigger }], ...rest });

test("what fits is accepted, with what may be left out left out", () => {
  expect(check({})).toEqual([]);
  expect(check({ inputs: [input], scheduleSupport: null, examplePayload: "{}" })).toEqual([]);
  expect(check({}, { comment: "text" })).toEqual([]);
});

test.each([
  ["triggers[0].perform is not a field of TriggerDefinitionInput", { perform: "x" }],
  ["triggers[0].display.description is missing", { display: { label: "A" } }],
  ["triggers[0].inputs is missing", { inputs: undefined }],
  ["triggers[0].inputs is not a list", { inputs: {} }],
  ["triggers[0].inputs[0] is not a InputFieldDefinition", { inputs: ["a"] }],
  [
    "triggers[0].inputs[0].visible is not a field of InputFieldDefinition",
    { inputs: [{ ...input, visible: true }] },
  ],
  [
    "triggers[0].inputs[0].type is not a InputFieldType",
    { inputs: [{ ...input, type: "number" }] },
  ],
  [
    "triggers[0].inputs[0].model[0].value is not a String",
    { inputs: [{ ...input, model: [{ label: "One", value: 1 }] }] },
  ],
  ["triggers[0].allowsBranching is not a Boolean", { allowsBranching: "yes" }],
  ["triggers[0].examplePayload is not a JSONString", { examplePayload: {} }],
  ["triggers[0].examplePayload is not a JSONString", { examplePayload: "{" }],
  ["triggers[0].scheduleSupport is not a Support", { scheduleSupport: "INVALID" }],
  [
    "triggers[0].triggerResolverDefaultBatchSize is not a Int",
    { triggerResolverDefaultBatchSize: 1.5 },
  ],
])("refused: %s", (problem, trigger) => {
  expect(check(trigger)).toEqual([problem]);
});

test("variables that the operation does not declare, or needs and does not get, are refused", () => {
  expect(check({}, { extra: 1 })).toEqual(["extra is not declared"]);
  expect(checkVariables(query, {})).toEqual(["triggers is missing"]);
});
