import type { InputDescription } from "../isolation/component-description";

/** A component as its bundle exports it (spectral's wire format, `convertComponent`). */
export interface Component {
  readonly key: string;
  readonly display: {
    readonly label: string;
    readonly description: string;
    readonly iconPath?: string;
  };
  readonly triggers?: Readonly<Record<string, Trigger>>;
  readonly connections?: readonly { key: string; inputs?: readonly InputDescription[] }[];
}

/** An input as the bundle has it: the platform gets it without its function. */
export interface InputDefinition extends InputDescription {
  readonly clean?: (value: unknown) => unknown;
  readonly model?: readonly { readonly value: unknown }[];
  /** `ON_DEPLOY` for inputs that only a deploy has. */
  readonly scope?: string;
}

type Lifecycle = (context: object, params: object) => Promise<unknown>;

export interface Trigger {
  readonly key: string;
  readonly display?: { readonly label?: string };
  readonly inputs?: readonly InputDefinition[];
  readonly perform: (context: object, payload: object, params: object) => Promise<unknown>;
  readonly onInstanceDeploy?: Lifecycle;
  readonly webhookCreate?: Lifecycle;
  readonly onInstanceDelete?: Lifecycle;
  readonly webhookDelete?: Lifecycle;
  readonly scheduleSupport?: string;
  readonly isPollingTrigger?: boolean;
  readonly allowsBranching?: boolean;
  readonly staticBranchNames?: readonly string[];
  readonly dynamicBranchInput?: string;
}
