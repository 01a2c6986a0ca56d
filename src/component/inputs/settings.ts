import { input } from "@prismatic-io/spectral";
import type { ChoiceSetting, Setting, SettingInputs } from "../../subscriptions/setting";
import { toChoice, toFlag, toList, toPairs, toText } from "./clean";

const usualPlaceholder = ({ kind, label }: Setting): string => {
  if (kind === "flag") return "Choose true or false";
  return kind === "choice" ? "Choose one" : `Enter ${label.toLowerCase()}`;
};

/** What every input of a subscription has in common. */
const toDisplay = (setting: Setting) => {
  const { label, comments, example, required = false } = setting;
  const placeholder = setting.placeholder ?? usualPlaceholder(setting);
  return { label, comments, example, required, placeholder };
};

const toChoiceInput = (setting: ChoiceSetting) => {
  const [first = "", ...others] = setting.options.map(({ value }) => value);
  return input({
    ...toDisplay(setting),
    type: "string",
    default: first,
    model: [...setting.options],
    clean: toChoice(setting.label, [first, ...others]),
  });
};

const toInput = (setting: Setting) => {
  const display = toDisplay(setting);
  if (setting.kind === "choice") return toChoiceInput(setting);
  if (setting.kind === "flag")
    return input({
      ...display,
      type: "boolean",
      default: String(setting.default),
      clean: toFlag(setting.label, setting.default),
    });
  if (setting.kind === "pairs")
    return input({ ...display, type: "string", collection: "keyvaluelist", clean: toPairs });
  if (setting.kind === "list")
    return input({
      ...display,
      type: "string",
      collection: "valuelist",
      clean: toList,
      ...(setting.choices !== undefined && { dataSource: setting.choices }),
    });
  const { default: usual = "" } = setting;
  return input({
    ...display,
    type: "string",
    default: usual,
    clean: (value: unknown): string => toText(value) || usual,
  });
};

/** The inputs of a trigger or data source for what a provider wants to know. */
export const toSettingInputs = (settings: SettingInputs) =>
  Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, toInput(setting)] as const),
  );
