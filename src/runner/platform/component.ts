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

type Lifecycle = (context: object, params: object) => Promise<unknown>;

export interface Trigger {
  readonly key: string;
  readonly display?: { readonly label?: string };
  readonly inputs?: readonly InputDescription[];
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
