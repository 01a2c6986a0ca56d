/** A trigger's lifecycle functions, by the names that they have in a bundle. */
export type LifecycleHook =
  | "onInstanceDeploy"
  | "webhookCreate"
  | "onInstanceDelete"
  | "webhookDelete";
