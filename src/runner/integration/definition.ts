import { HooklineError } from "../../errors";
import { readComponentReference } from "./component-reference";
import { type ConfigVariable, readConfigVariable } from "./config-variable";
import { type Expression, readExpressions } from "./expression";
import { readFields, readItems, readOptionalItems, readOptionalText, readText } from "./shape";

/** The part of Prismatic's integration definition (`definitionVersion: 7`) that the runner uses. */
export interface IntegrationDefinition {
  readonly name: string;
  readonly flows: readonly FlowDefinition[];
  readonly variables: readonly ConfigVariable[];
}

export interface FlowDefinition {
  readonly name: string;
  /** Survives a rename; the flow's name where the definition has none. */
  readonly stableKey: string;
  readonly isSynchronous: boolean;
  readonly endpointSecurity: string;
  readonly triggerName: string;
  readonly component: string;
  /** Whether the component is meant to be one of Prismatic's own. */
  readonly isPublic: boolean;
  readonly trigger: string;
  readonly inputs: Readonly<Record<string, Expression>>;
  /** How many steps follow the trigger, those in its branches included. */
  readonly stepCount: number;
}

const countBranchSteps = (branches: unknown, where: string): number =>
  readOptionalItems(branches, where)
    .map((branch) => readOptionalItems(readFields(branch, where).steps, where).length)
    .reduce((sum, count) => sum + count, 0);

const readFlow = (value: unknown, where: string): FlowDefinition => {
  const flow = readFields(value, where);
  const name = readText(flow.name, `${where}.name`);
  const steps = readItems(flow.steps, `${where}.steps`).map((step, index) =>
    readFields(step, `${where}.steps[${index}]`),
  );
  const index = steps.findIndex((step) => step.isTrigger === true);
  const step = steps[index];
  if (!step) {
    throw new HooklineError(
      "INTEGRATION_INVALID",
      `Flow "${name}" has no trigger. Give one of its steps isTrigger: true.`,
    );
  }
  const place = `${where}.steps[${index}]`;
  const { component, key, isPublic } = readComponentReference(step.action, `${place}.action`);
  return {
    name,
    stableKey: readOptionalText(flow.stableKey) ?? name,
    isSynchronous: flow.isSynchronous === true,
    endpointSecurity: readOptionalText(flow.endpointSecurityType) ?? "customer_optional",
    triggerName: readOptionalText(step.name) ?? key,
    component,
    isPublic,
    trigger: key,
    inputs: readExpressions(step.inputs, `${place}.inputs`),
    stepCount: steps.length - 1 + countBranchSteps(step.branches, `${place}.branches`),
  };
};

const ensureDistinct = (names: readonly string[], what: string): void => {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new HooklineError(
    "INTEGRATION_INVALID",
    `Two ${what} are called "${repeated}". Give each a name of its own.`,
  );
};

const ensureRunnable = (fields: Readonly<Record<string, unknown>>, source: string): void => {
  if (typeof fields.definitionVersion !== "number") {
    throw new HooklineError(
      "INTEGRATION_INVALID",
      `${source} has no definitionVersion, so it is not a Prismatic integration definition. Export one with "prism integrations:export".`,
    );
  }
  if (fields.isCodeNative === true) {
    throw new HooklineError(
      "INTEGRATION_INVALID",
      `${source} is a code-native integration; its flows are code and not in this file. Use a low-code definition.`,
    );
  }
};

/**
 * Checks an integration definition and takes from it what the runner uses.
 *
 * @throws HooklineError INTEGRATION_INVALID naming what is wrong.
 */
export const toIntegrationDefinition = (
  document: unknown,
  source: string,
): IntegrationDefinition => {
  const fields = readFields(document, source);
  ensureRunnable(fields, source);
  const flows = readItems(fields.flows, "flows").map((flow, index) =>
    readFlow(flow, `flows[${index}]`),
  );
  const variables = readOptionalItems(fields.requiredConfigVars, "requiredConfigVars").map(
    (variable, index) => readConfigVariable(variable, `requiredConfigVars[${index}]`),
  );
  if (flows.length === 0) {
    throw new HooklineError("INTEGRATION_INVALID", `${source} has no flows. Add one.`);
  }
  ensureDistinct(
    flows.map(({ name }) => name),
    "flows",
  );
  ensureDistinct(
    flows.map(({ stableKey }) => stableKey),
    "flows' stable keys",
  );
  ensureDistinct(
    variables.map(({ key }) => key),
    "config variables",
  );
  return { name: readText(fields.name, "name"), flows, variables };
};
