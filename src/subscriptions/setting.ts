/** What a builder fills in about a subscription, described once for the trigger's inputs and the engine. */
interface Described {
  readonly label: string;
  /** One sentence. */
  readonly comments: string;
  readonly example: string;
  readonly placeholder?: string;
  readonly required?: boolean;
}

export interface TextSetting extends Described {
  readonly kind: "text";
  readonly default?: string;
}

export interface ListSetting extends Described {
  readonly kind: "list";
  /** Key of the choices that it is picked from. */
  readonly choices?: string;
}

export interface FlagSetting extends Described {
  readonly kind: "flag";
  readonly default: boolean;
}

export interface PairsSetting extends Described {
  readonly kind: "pairs";
}

export interface ChoiceSetting<Value extends string = string> extends Described {
  readonly kind: "choice";
  /** The first is the default. */
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

export type Setting = TextSetting | ListSetting | FlagSetting | PairsSetting | ChoiceSetting;
export type SettingInputs = Readonly<Record<string, Setting>>;

/** The value of a setting after cleaning: never undefined; empty where the builder left it empty. */
type ValueOf<S extends Setting> =
  S extends ChoiceSetting<infer Value>
    ? Value
    : S extends FlagSetting
      ? boolean
      : S extends ListSetting
        ? readonly string[]
        : S extends PairsSetting
          ? Readonly<Record<string, string>>
          : string;

export type SettingsOf<Inputs extends SettingInputs> = {
  readonly [Name in keyof Inputs]: ValueOf<Inputs[Name]>;
};

/** Settings whose definition is not known here. They are JSON, because the record keeps them. */
export type Settings = Readonly<
  Record<string, string | boolean | readonly string[] | Readonly<Record<string, string>>>
>;

type Without<S extends Setting> = Omit<S, "kind">;

export const text = (setting: Without<TextSetting>): TextSetting => ({ kind: "text", ...setting });
export const list = (setting: Without<ListSetting>): ListSetting => ({ kind: "list", ...setting });
export const flag = (setting: Without<FlagSetting>): FlagSetting => ({ kind: "flag", ...setting });
export const pairs = (setting: Without<PairsSetting>): PairsSetting => ({
  kind: "pairs",
  ...setting,
});
export const choice = <const Value extends string>(
  setting: Without<ChoiceSetting<Value>>,
): ChoiceSetting<Value> => ({ kind: "choice", ...setting });
