import type { GuestFlow } from "../isolation/messages";
import { cloneJson } from "../platform/clone";
import type { InputDefinition, Trigger } from "../platform/component";
import { describeThrown } from "../platform/describe-thrown";
import type { LoadedFlow } from "../platform/flow-run";
import { findNearest } from "./find-nearest";
import type { GuestLog } from "./log";

const CHOICES_SHOWN = 20;

const describeChoices = (value: string, choices: readonly string[]): string => {
  const nearest = findNearest(value, choices);
  if (nearest !== undefined) return `Did you mean ${nearest}?`;
  const shown = choices.slice(0, CHOICES_SHOWN).join(", ");
  const rest = choices.length - CHOICES_SHOWN;
  return `There are ${rest > 0 ? `${shown} and ${rest} more` : shown}.`;
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
  return `${label} is "${value}", which is none of its choices. ${describeChoices(value, choices)}`;
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
