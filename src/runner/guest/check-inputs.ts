import type { GuestFlow } from "../isolation/messages";
import { cloneJson } from "../platform/clone";
import type { InputDefinition, Trigger } from "../platform/component";
import { describeThrown, type LoadedFlow } from "../platform/flow-run";
import type { GuestLog } from "./log";

const CHOICES_SHOWN = 20;

const listChoices = (choices: readonly string[]): string => {
  const shown = choices.slice(0, CHOICES_SHOWN).join(", ");
  const rest = choices.length - CHOICES_SHOWN;
  return rest > 0 ? `${shown} and ${rest} more` : shown;
};

/** Every run cleans its inputs before anything else, so one that cannot be cleaned fails every run. */
const findUncleanable = (
  { key, label = key, clean }: InputDefinition,
  value: unknown,
): string | undefined => {
  try {
    clean?.(cloneJson(value));
    return undefined;
  } catch (thrown) {
    const message = describeThrown(thrown);
    const named = message.startsWith(label) ? message : `${label}: ${message}`;
    return `Every request will fail until an input is put right. ${named}`;
  }
};

const findStranger = (
  { key, label = key, model = [] }: InputDefinition,
  value: unknown,
): string | undefined => {
  const choices = model.map((choice) => String(choice.value));
  if (typeof value !== "string" || value === "" || choices.length === 0) return undefined;
  if (choices.includes(value)) return undefined;
  return `${label} is "${value}", which is none of its choices: ${listChoices(choices)}.`;
};

const findProblems = ({ inputs = [] }: Trigger, { params }: GuestFlow): readonly string[] =>
  inputs
    .filter(({ scope }) => scope !== "ON_DEPLOY")
    .flatMap((input) => {
      const value = params[input.key];
      return findUncleanable(input, value) ?? findStranger(input, value) ?? [];
    });

/** Only a flow's test instance has another key than its own; it has the same inputs. */
const isDeployed = ({ key, context }: GuestFlow): boolean => key === context.flow.stableId;

/** Says what is wrong with flows' inputs, as far as it shows before the first request. */
export const warnOfInputs = (flows: Iterable<LoadedFlow>, log: GuestLog): void => {
  for (const { definition, trigger } of flows) {
    if (!isDeployed(definition)) continue;
    for (const problem of findProblems(trigger, definition))
      log.write("warn", definition.name, [problem]);
  }
};
