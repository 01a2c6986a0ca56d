import type {
  ComponentDescription,
  InputDescription,
  TriggerDescription,
} from "../isolation/component-description";
import type { ConfigVariable } from "./config-variable";
import type { FlowDefinition, IntegrationDefinition } from "./definition";
import type { Expression } from "./expression";

type Given = Readonly<Record<string, unknown>>;

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

/** The connection called like the input, or the first that has all the given fields. */
const findConnectionKey = (
  component: ComponentDescription,
  input: InputDescription,
  given: unknown,
): string | undefined => {
  const fields = Object.keys(typeof given === "object" && given !== null ? given : {});
  const named = component.connections.find(({ key }) => key === input.key);
  const fitting = component.connections.find(({ inputs }) =>
    fields.every((field) => inputs.some(({ key }) => key === field)),
  );
  return (named ?? fitting)?.key;
};

const toVariable = (
  component: ComponentDescription,
  trigger: TriggerDescription,
  input: InputDescription,
  given: Given,
): ConfigVariable => {
  const key = toVariableKey(trigger, input);
  const isConnection = input.type === "connection";
  const connection = isConnection ? findConnectionKey(component, input, given[key]) : undefined;
  return {
    key,
    dataType: isConnection ? "connection" : "string",
    collection: input.collection,
    defaultValue: undefined,
    connection:
      connection === undefined
        ? undefined
        : { component: component.key, key: connection, isPublic: false },
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
  given: Given,
): IntegrationDefinition => {
  const pairs = components.flatMap((component) =>
    component.triggers
      .filter(({ isScheduled }) => !isScheduled)
      .map((trigger) => ({ component, trigger })),
  );
  return {
    name: components.map(({ label }) => label).join(", "),
    flows: pairs.map(({ component, trigger }) => toFlow(component, trigger, given)),
    variables: pairs.flatMap(({ component, trigger }) =>
      listOpenInputs(trigger, given).map((input) => toVariable(component, trigger, input, given)),
    ),
  };
};
