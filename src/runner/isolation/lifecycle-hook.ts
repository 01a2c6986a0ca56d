/** A trigger's lifecycle functions, by the names that they have in a bundle. */
export const lifecycleHooks = [
  "onInstanceDeploy",
  "webhookCreate",
  "onInstanceDelete",
  "webhookDelete",
] as const;

export type LifecycleHook = (typeof lifecycleHooks)[number];
