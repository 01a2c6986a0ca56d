import { HooklineError } from "../../errors";
import type { DeployedFlow } from "../platform/deployed-flow";
import { describeHalfDone, type HookOutcome } from "./call-hooks";
import type { InstanceDesk } from "./instance-desk";
import type { InstanceState, Loaded } from "./instance-state";
import type { LifecycleReport } from "./operation";

const NOBODY: ReadonlySet<string> = new Set();

/** An integration under another name is another integration: what the instance has kept would be lost. */
const ensureSameIntegration = (
  before: InstanceState | undefined,
  { integration }: Loaded,
): void => {
  if (!before || before.integration.name === integration.name) return;
  throw new HooklineError(
    "INTEGRATION_INVALID",
    `The integration is called "${integration.name}" now, but an instance of "${before.integration.name}" is deployed. Give it its name back, or delete the instance, stop the runner and start it again.`,
  );
};

const hasDeleteHook = ({ hooks }: DeployedFlow): boolean =>
  hooks.includes("onInstanceDelete") || hooks.includes("webhookDelete");

/** Flows with something to clean up that the files no longer have. */
const listRemoved = (before: InstanceState | undefined, { flows }: Loaded) =>
  before === undefined || before.status === "deleted"
    ? []
    : before.flows
        .filter(({ stableId }) => flows.every((flow) => flow.stableId !== stableId))
        .filter(hasDeleteHook);

interface CleanUp extends Pick<HookOutcome, "done" | "failures"> {
  readonly notes: readonly string[];
}

interface Deploying {
  readonly loaded: Loaded;
  readonly cleaned: CleanUp;
  readonly outcome: HookOutcome;
}

const cleanUp = async (
  { call, unknowns }: InstanceDesk,
  removed: readonly DeployedFlow[],
): Promise<CleanUp> => {
  if (unknowns.redeployCleansUpRemovedFlows) {
    const { done, failures } = await call({
      activity: "Removing",
      hooks: ["onInstanceDelete", "webhookDelete"],
      flows: removed,
      isBlocking: () => false,
    });
    return { notes: [], done, failures };
  }
  const notes = removed.map(
    ({ name }) =>
      `Flow "${name}" is gone, and its delete functions were not run: whether Prismatic runs them is unknown. What it made elsewhere may still be there.`,
  );
  return { notes, done: [], failures: [] };
};

const callDeployHooks = (
  { call, unknowns }: InstanceDesk,
  flows: readonly DeployedFlow[],
): Promise<HookOutcome> =>
  call({
    activity: "Deploying",
    hooks: ["onInstanceDeploy", "webhookCreate"],
    flows,
    isBlocking: (hook) => hook === "onInstanceDeploy" || unknowns.createErrorBlocksDeploy,
  });

const summarise = (name: string, isDisabled: boolean): string =>
  isDisabled
    ? `${name} is deployed, and still disabled: whatever was subscribed now is turned away until "hookline enable" lets its flows run.`
    : `${name} is deployed.`;

/** Says nothing of the files: what stands in them is not deployed. */
const toBlockedReport = (
  desk: InstanceDesk,
  before: InstanceState | undefined,
  { loaded, cleaned, outcome }: Deploying,
): LifecycleReport => {
  if (before && desk.unknowns.failedRedeployServes === "before") desk.restore(before);
  return {
    summary: `${loaded.integration.name} was not deployed.`,
    flows: [],
    notes: describeHalfDone({ done: [...cleaned.done, ...outcome.done], isBlocked: true }),
    failures: [...cleaned.failures, ...outcome.failures],
    isBlocked: true,
  };
};

/**
 * Deploys the instance, for the first time or again: the files are read anew, the state is kept. What
 * arrives meanwhile is run by the flow as it was or as it is now, by its stable key.
 */
export const deploy = async (desk: InstanceDesk): Promise<LifecycleReport> => {
  const before = desk.current();
  const loaded = desk.load();
  ensureSameIntegration(before, loaded);
  const cleaned = await cleanUp(desk, listRemoved(before, loaded));
  const isDisabled = before?.status === "disabled";
  const status = isDisabled ? "disabled" : "deployed";
  desk.show({ ...loaded, status, listening: before?.listening ?? NOBODY });
  await desk.hearOut();
  const outcome = await callDeployHooks(desk, loaded.flows);
  if (outcome.isBlocked) return toBlockedReport(desk, before, { loaded, cleaned, outcome });
  const { flows, integration } = loaded;
  return {
    summary: summarise(integration.name, isDisabled),
    flows: flows.map(({ name, url }) => ({ name, url })),
    notes: [...integration.notes, ...cleaned.notes],
    failures: [...cleaned.failures, ...outcome.failures],
    isBlocked: false,
  };
};
