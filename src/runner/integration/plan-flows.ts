import { HooklineError } from "../../errors";
import type {
  ComponentDescription,
  InputDescription,
  TriggerDescription,
} from "../isolation/component-description";
import type { ConfigVariables } from "./configuration";
import type { FlowDefinition } from "./definition";
import { evaluate } from "./expression";

/** A flow that can be served: its trigger exists and has every input it needs. */
export interface PlannedFlow {
  readonly definition: FlowDefinition;
  readonly trigger: TriggerDescription;
  /** Raw values; the bundle itself runs each input's `clean`. */
  readonly params: Readonly<Record<string, unknown>>;
}

const invalid = (message: string): HooklineError =>
  new HooklineError("INTEGRATION_INVALID", message);

const quote = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

const findTrigger = (
  flow: FlowDefinition,
  components: readonly ComponentDescription[],
): TriggerDescription => {
  const component = components.find(({ key }) => key === flow.component);
  if (!component) {
    throw invalid(
      `Flow "${flow.name}" uses component "${flow.component}", which is not loaded. Add its folder with --component. Loaded: ${quote(components.map(({ key }) => key))}.`,
    );
  }
  const trigger = component.triggers.find(({ key }) => key === flow.trigger);
  if (trigger) return trigger;
  throw invalid(
    `Flow "${flow.name}" uses trigger "${flow.trigger}", which component "${flow.component}" does not have. It has: ${quote(component.triggers.map(({ key }) => key))}.`,
  );
};

/** The designer stores an empty list for a collection without a default. */
const toDefault = (input: InputDescription): unknown =>
  input.collection !== undefined && !Array.isArray(input.default) ? [] : input.default;

const isMissing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0);

const toParam = (
  flow: FlowDefinition,
  input: InputDescription,
  variables: ConfigVariables,
): unknown => {
  const expression = flow.inputs[input.key];
  const where = `Input "${input.key}" of flow "${flow.name}"`;
  const value = expression ? evaluate(expression, where, variables.read) : toDefault(input);
  const isUnset = input.type === "connection" && isMissing(value);
  if (input.required && isMissing(value)) {
    throw invalid(
      `${where} is required and has no value. Set it in the integration, as a value or a config variable.`,
    );
  }
  return isUnset ? undefined : value;
};

/** @throws HooklineError INTEGRATION_INVALID or CONFIGURATION_INVALID naming flow and input. */
export const planFlow = (
  definition: FlowDefinition,
  components: readonly ComponentDescription[],
  variables: ConfigVariables,
): PlannedFlow => {
  const trigger = findTrigger(definition, components);
  const params = trigger.inputs.map((input) => [input.key, toParam(definition, input, variables)]);
  return { definition, trigger, params: Object.fromEntries(params) };
};

/** Says which inputs in the file the trigger does not know: a typing error, or left over from another version. */
export const describeUnknownInputs = ({ definition, trigger }: PlannedFlow): readonly string[] => {
  const known = trigger.inputs.map(({ key }) => key);
  const unknown = Object.keys(definition.inputs).filter((key) => !known.includes(key));
  if (unknown.length === 0) return [];
  const choice = known.length === 0 ? "It has none." : `It has: ${quote(known)}.`;
  return [`Flow "${definition.name}": its trigger has no input ${quote(unknown)}. ${choice}`];
};
