import type { LifecycleHook } from "./lifecycle-hook";

export interface InputDescription {
  readonly key: string;
  readonly type: string;
  readonly label?: string;
  readonly required?: boolean;
  readonly collection?: string;
  readonly default?: unknown;
}

export interface TriggerDescription {
  readonly key: string;
  readonly label: string;
  readonly inputs: readonly InputDescription[];
  readonly hooks: readonly LifecycleHook[];
  /** Started by a clock instead of a request. */
  readonly isScheduled: boolean;
}

export interface ConnectionDescription {
  readonly key: string;
  readonly inputs: readonly InputDescription[];
}

export interface ComponentDescription {
  readonly key: string;
  readonly label: string;
  readonly triggers: readonly TriggerDescription[];
  readonly connections: readonly ConnectionDescription[];
}
