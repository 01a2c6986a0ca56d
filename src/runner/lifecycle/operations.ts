import { HooklineError } from "../../errors";
import type { DeployedFlow } from "../platform/deployed-flow";
import { describeHalfDone, type HookOutcome, type HookRound } from "./call-hooks";
import { deploy } from "./deploy";
import type { InstanceDesk } from "./instance-desk";
import type { InstanceState } from "./instance-state";
import type { LifecycleReport, Operation } from "./operation";

type Perform = (desk: InstanceDesk, flow: string | undefined) => Promise<LifecycleReport>;

const invalid = (message: string): HooklineError => new HooklineError("INPUT_INVALID", message);

const readInstance = ({ current }: InstanceDesk): InstanceState => {
  const state = current();
  if (state) return state;
  throw invalid("Nothing is deployed yet. Wait until the runner has started.");
};

const readDeployed = (desk: InstanceDesk): InstanceState => {
  const state = readInstance(desk);
  if (state.status !== "deleted") return state;
  throw invalid('The instance is deleted. Make it anew with "hookline deploy".');
};

const toReport = (
  summary: string,
  flows: readonly DeployedFlow[],
  outcome: HookOutcome,
): LifecycleReport => ({
  summary,
  flows: flows.map(({ name, url }) => ({ name, url })),
  notes: describeHalfDone(outcome),
  failures: outcome.failures,
  isBlocked: outcome.isBlocked,
});

const remove: Perform = async (desk) => {
  const state = readDeployed(desk);
  const { flows, integration } = state;
  const outcome = await desk.call({
    activity: "Deleting",
    hooks: ["onInstanceDelete", "webhookDelete"],
    flows,
    isBlocking: () => desk.unknowns.deleteErrorBlocksDelete,
  });
  if (outcome.isBlocked) return toReport(`${integration.name} was not deleted.`, flows, outcome);
  await desk.retire({ ...state, status: "deleted" });
  const summary = `${integration.name} is deleted: its flows answer ${desk.unknowns.deletedStatus} and its state is gone. "hookline deploy" makes it anew.`;
  return toReport(summary, [], outcome);
};

const NOTHING_CALLED: HookOutcome = { done: [], failures: [], isBlocked: false };

/** Failures are reported and change nothing else. */
const callAll = (desk: InstanceDesk, round: Omit<HookRound, "isBlocking">): Promise<HookOutcome> =>
  desk.call({ ...round, isBlocking: () => false });

const disable: Perform = async (desk) => {
  const state = readDeployed(desk);
  const { flows, integration } = state;
  const { disableDeletesWebhooks, disabledStatus } = desk.unknowns;
  const outcome = disableDeletesWebhooks
    ? await callAll(desk, { activity: "Disabling", hooks: ["webhookDelete"], flows })
    : NOTHING_CALLED;
  desk.show({ ...state, status: "disabled" });
  const summary = `${integration.name} is disabled: its flows answer ${disabledStatus} and do not run. "hookline enable" undoes that.`;
  return toReport(summary, [], outcome);
};

const enable: Perform = async (desk) => {
  const state = readDeployed(desk);
  const { flows, integration } = state;
  desk.show({ ...state, status: "deployed" });
  const outcome = desk.unknowns.disableDeletesWebhooks
    ? await callAll(desk, { activity: "Enabling", hooks: ["webhookCreate"], flows })
    : NOTHING_CALLED;
  return toReport(`${integration.name} is enabled.`, flows, outcome);
};

/** All flows, or the one that was named. */
const chooseTestFlows = (
  { testFlows }: InstanceState,
  name: string | undefined,
): readonly DeployedFlow[] => {
  if (name === undefined) return testFlows;
  const flow = testFlows.find((candidate) => candidate.name === name);
  if (flow) return [flow];
  const names = testFlows.map((candidate) => `"${candidate.name}"`).join(", ");
  throw invalid(`No flow is called "${name}". There are ${names}.`);
};

const listen: Perform = async (desk, name) => {
  const state = readInstance(desk);
  const flows = chooseTestFlows(state, name);
  const ids = flows.map(({ stableId }) => stableId);
  desk.show({ ...state, listening: new Set([...state.listening, ...ids]) });
  const activity = "Entering listening mode for";
  const outcome = await callAll(desk, { activity, hooks: ["webhookCreate"], flows });
  return toReport("Listening at the test URL of:", flows, outcome);
};

const stopListening: Perform = async (desk, name) => {
  const state = readInstance(desk);
  const flows = chooseTestFlows(state, name);
  const activity = "Leaving listening mode for";
  const outcome = await callAll(desk, { activity, hooks: ["webhookDelete"], flows });
  const ids = flows.map(({ stableId }) => stableId);
  const listening = new Set([...state.listening].filter((id) => !ids.includes(id)));
  desk.show({ ...state, listening });
  return toReport("Not listening any more at the test URL of:", flows, outcome);
};

export const operations: Readonly<Record<Operation, Perform>> = {
  deploy,
  delete: remove,
  enable,
  disable,
  listen,
  "stop-listening": stopListening,
};
