import { randomUUID } from "node:crypto";
import { HooklineError } from "../../errors";
import type { ComponentHost } from "../isolation/component-host";
import type { LifecycleHook, LogLine } from "../isolation/messages";
import type { DeployedFlow } from "./deployed-flow";
import { toRelayId, toStartedAt } from "./identifiers";
import type { PlatformUnknowns } from "./unknowns";

const AUTHOR_NAMES: Readonly<Record<LifecycleHook, string>> = {
  onInstanceDeploy: "onInstanceDeploy",
  webhookCreate: "webhookLifecycleHandlers.create",
};

const describeFailure = (flow: DeployedFlow, hook: LifecycleHook, failure: string): string =>
  `Deploying flow "${flow.name}" failed in ${AUTHOR_NAMES[hook]} of trigger "${flow.trigger}": ${failure}`;

/** The platform's order: one kind of lifecycle function for every flow, then the next kind. */
const listCalls = (flows: readonly DeployedFlow[]) =>
  (["onInstanceDeploy", "webhookCreate"] as const).flatMap((hook) =>
    [...flows.entries()]
      .filter(([, flow]) => flow.hooks.includes(hook))
      .map(([index, flow]) => ({ hook, index, flow })),
  );

/**
 * Deploys the instance: `onInstanceDeploy` of every flow, then `webhookLifecycleHandlers.create` of
 * every flow, one at a time. Requests are already served then, because providers call back while a
 * webhook is being created.
 *
 * @returns what went wrong without stopping the deploy.
 * @throws HooklineError COMPONENT_UNUSABLE when a function that blocks a deploy throws or takes too long.
 */
export const deployInstance = async (
  flows: readonly DeployedFlow[],
  host: ComponentHost,
  unknowns: PlatformUnknowns,
  log: (line: LogLine) => void,
): Promise<readonly string[]> => {
  const notes: string[] = [];
  for (const { hook, index, flow } of listCalls(flows)) {
    const executionId = toRelayId("InstanceExecutionResult", randomUUID());
    const startedAt = toStartedAt(new Date());
    log({ level: "info", flow: flow.name, text: `Running ${AUTHOR_NAMES[hook]}` });
    const { failure } = await host.callHook({ hook, flow: index, executionId, startedAt });
    if (failure === null) continue;
    const message = describeFailure(flow, hook, failure);
    if (hook === "onInstanceDeploy" || unknowns.createErrorBlocksDeploy) {
      throw new HooklineError("COMPONENT_UNUSABLE", message);
    }
    notes.push(message);
  }
  return notes;
};
