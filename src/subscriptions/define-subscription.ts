import type { SettingInputs, SettingsOf } from "./setting";
import type { ApiSubscription, ManualSubscription, Subscription } from "./subscription";
import type { Plan, Scope } from "./subscription-state";

type Typed<S extends Subscription, Inputs extends SettingInputs> = Omit<
  S,
  "inputs" | "plan" | "isPaused" | "scope"
> & {
  readonly inputs: Inputs;
  readonly plan: (settings: SettingsOf<Inputs>) => readonly Plan[];
  readonly isPaused?: (settings: SettingsOf<Inputs>) => boolean;
  readonly scope?: (settings: SettingsOf<Inputs>) => Scope;
};

/** Types the settings that `plan` and `scope` read by the inputs. */
export const defineSubscription = <const Inputs extends SettingInputs>(
  subscription: Typed<ApiSubscription, Inputs>,
): ApiSubscription => subscription as unknown as ApiSubscription;

export const defineManualSubscription = <const Inputs extends SettingInputs>(
  subscription: Typed<ManualSubscription, Inputs>,
): ManualSubscription => subscription as unknown as ManualSubscription;
