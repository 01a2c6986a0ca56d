import { HooklineError } from "../../errors";
import type { Setting, SettingInputs, Settings } from "../../subscriptions/setting";
import { toSettingInputs } from "../inputs/settings";

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

/** The setting that the input Events fills: `events`, or what the provider calls it. */
const findEventsName = (inputs: SettingInputs): string | undefined =>
  Object.hasOwn(inputs, "events")
    ? "events"
    : Object.keys(inputs).find((name) => inputs[name]?.kind === "list");

const toPair = (line: string): { readonly key: string; readonly value: string } => {
  const [key = "", ...rest] = line.split(":");
  return { key: key.trim(), value: rest.join(":").trim() };
};

/** What an input of the trigger would hold for the text of a key-value list: one entry a line where it takes several. */
const toRaw = ({ kind }: Setting, text: string): unknown => {
  if (kind !== "list" && kind !== "pairs") return text;
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return kind === "list" ? lines : lines.map(toPair);
};

const checkNames = (
  name: string,
  inputs: SettingInputs,
  given: Readonly<Record<string, string>>,
): void => {
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(inputs, key));
  if (unknown === undefined) return;
  throw invalid(
    `Settings: ${name} has no setting "${unknown.slice(0, 60)}". It has ${Object.keys(inputs).join(", ")}.`,
  );
};

const usualText = (setting: Setting): string =>
  "default" in setting ? String(setting.default ?? "") : "";

const checkRequired = (name: string, key: string, setting: Setting, raw: unknown): void => {
  const isEmpty = Array.isArray(raw) ? raw.length === 0 : raw === "";
  if (setting.required && isEmpty)
    throw invalid(`Settings: ${name} needs the setting "${key}". ${setting.comments}`);
};

export interface GivenSettings {
  /** The provider's, for messages. */
  readonly name: string;
  readonly inputs: SettingInputs;
  readonly events: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * The settings of a subscription as the set-up actions get them: events as a list, everything else as texts.
 *
 * @throws HooklineError INPUT_INVALID naming the setting that is unknown, missing or wrong.
 */
export const readSettings = ({ name, inputs, events, settings }: GivenSettings): Settings => {
  checkNames(name, inputs, settings);
  const eventsName = findEventsName(inputs);
  const cleaners = toSettingInputs(inputs);
  const entries = Object.entries(inputs).map(([key, setting]) => {
    const isGivenAsEvents = key === eventsName && events.length > 0;
    const raw = isGivenAsEvents ? events : toRaw(setting, settings[key] ?? usualText(setting));
    checkRequired(name, key, setting, raw);
    return [key, cleaners[key]?.clean?.(raw) ?? raw] as const;
  });
  return Object.fromEntries(entries) as Settings;
};
