import { randomUUID } from "node:crypto";
import type { ComponentHost } from "../isolation/component-host";
import type { LifecycleHook } from "../isolation/lifecycle-hook";
import type { LogLine } from "../isolation/messages";
import type { DeployedFlow } from "../platform/deployed-flow";
import { toRelayId, toStartedAt } from "../platform/identifiers";
import { reportProgress } from "./report-progress";

const AUTHOR_NAMES: Readonly<Record<LifecycleHook, string>> = {
  onInstanceDeploy: "onInstanceDeploy",
  webhookCreate: "webhookLifecycleHandlers.create",
  onInstanceDelete: "onInstanceDelete",
  webhookDelete: "webhookLifecycleHandlers.delete",
};

/** Lifecycle functions that belong together. */
export interface HookRound {
  /** What they run for, to begin a message with: "Deploying". */
  readonly activity: string;
  readonly hooks: readonly LifecycleHook[];
  readonly flows: readonly DeployedFlow[];
  /** Whether the round ends with a failure of it; else the failure is only reported. */
  readonly isBlocking: (hook: LifecycleHook) => boolean;
}

export interface HookOutcome {
  /** Functions that succeeded: `webhookLifecycleHandlers.create of "Orders"`. */
  readonly done: readonly string[];
  readonly failures: readonly string[];
  readonly isBlocked: boolean;
}

/** What a round that a failure ended has left behind: nothing takes back what was done before it. */
export const describeHalfDone = ({
  done,
  isBlocked,
}: Pick<HookOutcome, "done" | "isBlocked">): readonly string[] =>
  isBlocked && done.length > 0
    ? [
        `What ran before the failure is not taken back: ${done.join(", ")}. Repeat the command once the cause is put right.`,
      ]
    : [];

export interface HookSurroundings {
  readonly host: ComponentHost;
  readonly log: (line: LogLine) => void;
  readonly progressMilliseconds: number;
}

const callHook = async (
  hook: LifecycleHook,
  { name, guest }: DeployedFlow,
  { host, log, progressMilliseconds }: HookSurroundings,
): Promise<string | null> => {
  const title = AUTHOR_NAMES[hook];
  const say = (text: string): void => log({ level: "info", flow: name, text });
  say(`Running ${title}`);
  const executionId = toRelayId("InstanceExecutionResult", randomUUID());
  const startedAt = toStartedAt(new Date());
  const call = { hook, flow: guest.key, executionId, startedAt };
  const { failure } = await reportProgress(
    host.callHook(call),
    (seconds) => say(`${title} is still running, for ${seconds} s`),
    progressMilliseconds,
  );
  return failure;
};

/** The platform's order: one kind of lifecycle function for every flow, then the next kind. */
const listCalls = ({ hooks, flows }: HookRound) =>
  hooks.flatMap((hook) =>
    flows.filter((flow) => flow.hooks.includes(hook)).map((flow) => ({ hook, flow })),
  );

/**
 * Calls lifecycle functions one at a time. Requests are served meanwhile, because providers call back
 * while a webhook is being created.
 */
export const callHooks = async (
  round: HookRound,
  surroundings: HookSurroundings,
): Promise<HookOutcome> => {
  const done: string[] = [];
  const failures: string[] = [];
  for (const { hook, flow } of listCalls(round)) {
    const failure = await callHook(hook, flow, surroundings);
    if (failure === null) {
      done.push(`${AUTHOR_NAMES[hook]} of "${flow.name}"`);
      continue;
    }
    const place = `${AUTHOR_NAMES[hook]} of trigger "${flow.trigger}"`;
    failures.push(`${round.activity} flow "${flow.name}" failed in ${place}: ${failure}`);
    if (round.isBlocking(hook)) return { done, failures, isBlocked: true };
  }
  return { done, failures, isBlocked: false };
};
