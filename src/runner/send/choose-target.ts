import { HooklineError } from "../../errors";
import type { Provider } from "../../providers/provider";
import { isManagedFor, type SendTarget } from "./send-target";

const describeFlows = (targets: readonly SendTarget[]): string =>
  targets
    .map(({ flow, provider }) => (provider ? `"${flow}" (${provider})` : `"${flow}"`))
    .join(", ");

const byName = (targets: readonly SendTarget[], name: string): SendTarget => {
  const target = targets.find(({ flow }) => flow === name);
  if (target) return target;
  throw new HooklineError(
    "INPUT_INVALID",
    `No flow is called "${name}". There are ${describeFlows(targets)}.`,
  );
};

/** The flow that was named, or the one that catches the provider, or the one that subscribes there. */
export const chooseTarget = (
  targets: readonly SendTarget[],
  provider: Provider,
  flow: string | undefined,
): SendTarget => {
  if (flow !== undefined) return byName(targets, flow);
  const managed = targets.find((target) => isManagedFor(target, provider));
  const catching = targets.find(
    (target) => target.provider === provider.id && !isManagedFor(target, provider),
  );
  const target = catching ?? managed;
  if (target) return target;
  throw new HooklineError(
    "INPUT_INVALID",
    `No flow of the running instance catches ${provider.name}. Name one with --flow (${describeFlows(targets)}), or give --url and --secret.`,
  );
};
