/** What a person can do to an instance. */
export const OPERATIONS = [
  "deploy",
  "delete",
  "enable",
  "disable",
  "listen",
  "stop-listening",
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** What became of an operation. */
export interface LifecycleReport {
  /** How things are now, one sentence. */
  readonly summary: string;
  /** The flows that it was about, and where they are. */
  readonly flows: readonly { readonly name: string; readonly url: string }[];
  /** What a person should know. */
  readonly notes: readonly string[];
  /** Lifecycle functions that failed, and why. */
  readonly failures: readonly string[];
  /** Whether a failure kept the operation from being carried out. */
  readonly isBlocked: boolean;
}
