import type {
  ComponentDescription,
  InputDescription,
  TriggerDescription,
} from "../isolation/component-description";
import { chooseConnection } from "./choose-connection";
import type { ConfigVariable } from "./config-variable";
import type { Configuration } from "./configuration";
import type { FlowDefinition, IntegrationDefinition } from "./definition";
import type { Expression } from "./expression";

type Given = Configuration["given"];

/** What an input is called in a configuration file where no integration gives it a config variable. */
const toVariableKey = (trigger: TriggerDescription, input: InputDescription): string =>
  `${trigger.key}.${input.key}`;

const isUnset = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Inputs that somebody must give, or has given. */
const listOpenInputs = (trigger: TriggerDescription, given: Given): readonly InputDescription[] =>
  trigger.inputs.filter(
    (input) =>
      given[toVariableKey(trigger, input)] !== undefined ||
      (input.required && isUnset(input.default)),
  );

const toConnection = (
  component: ComponentDescription,
  input: InputDescription,
  given: unknown,
  offered: Configuration["offered"],
): Pick<ConfigVariable, "connection" | "unchosenKinds"> => {
  const kind = chooseConnection(component, input, given, offered);
  if (kind) return { connection: { component: component.key, key: kind.key, isPublic: false } };
  const { connections } = component;
  return { connection: undefined, ...(connections.length > 0 && { unchosenKinds: connections }) };
};

const toVariable = (
  component: ComponentDescription,
  trigger: TriggerDescription,
  input: InputDescription,
  { given, offered }: Configuration,
): ConfigVariable => {
  const key = toVariableKey(trigger, input);
  const isConnection = input.type === "connection";
  return {
    key,
    dataType: isConnection ? "connection" : "string",
    collection: input.collection,
    defaultValue: undefined,
    ...(isConnection
      ? toConnection(component, input, given[key], offered)
      : { connection: undefined }),
    inputs: {},
  };
};

const toFlow = (
  component: ComponentDescription,
  trigger: TriggerDescription,
  given: Given,
): FlowDefinition => {
  const inputs = listOpenInputs(trigger, given).map((input): [string, Expression] => [
    input.key,
    { type: "configVar", value: toVariableKey(trigger, input), name: undefined },
  ]);
  return {
    name: trigger.label,
    stableKey: `${component.key}.${trigger.key}`,
    isSynchronous: false,
    endpointSecurity: "customer_optional",
    triggerName: trigger.label,
    component: component.key,
    isPublic: false,
    trigger: trigger.key,
    inputs: Object.fromEntries(inputs),
    stepCount: 0,
  };
};

/**
 * An integration for people who have none yet: one flow per trigger. Inputs without a default are
 * config variables called `<trigger key>.<input key>`.
 */
export const toDefaultIntegration = (
  components: readonly ComponentDescription[],
  configuration: Configuration,
): IntegrationDefinition => {
  const { given } = configuration;
  const pairs = components.flatMap((component) =>
    component.triggers
      .filter(({ isScheduled }) => !isScheduled)
      .map((trigger) => ({ component, trigger })),
  );
  return {
    name: components.map(({ label }) => label).join(", "),
    flows: pairs.map(({ component, trigger }) => toFlow(component, trigger, given)),
    variables: pairs.flatMap(({ component, trigger }) =>
      listOpenInputs(trigger, given).map((input) =>
        toVariable(component, trigger, input, configuration),
      ),
    ),
  };
};
