import type { HookCall, HookReport } from "../isolation/messages";
import { cloneJson } from "./clone";
import { toContext } from "./context";
import { describeThrown } from "./describe-thrown";
import type { LoadedFlow, RunSurroundings } from "./flow-run";
import { openState, type ScopeKeys } from "./state-scopes";

/**
 * Lifecycle functions keep what is shared between flows. Flow-scoped state is empty for
 * `webhookCreate` and `webhookDelete`, and what they write there is lost, as the platform's
 * documentation warns.
 */
const keptScopes = (
  { definition }: LoadedFlow,
  { hook }: HookCall,
  { unknowns }: RunSurroundings,
): ScopeKeys => {
  const { instanceState: _, ...shared } = definition.state;
  const isOfInstance = hook === "onInstanceDeploy" || hook === "onInstanceDelete";
  return isOfInstance && unknowns.deployHookSavesInstanceState ? definition.state : shared;
};

/** Runs one lifecycle function of one flow's trigger. */
export const runLifecycleHook = async (
  flow: LoadedFlow,
  call: HookCall,
  surroundings: RunSurroundings,
): Promise<HookReport> => {
  const handler = flow.trigger[call.hook];
  if (!handler) return { failure: null };
  try {
    const keys = keptScopes(flow, call, surroundings);
    const opened = openState(surroundings.stored, keys, surroundings.stateBytes);
    const moment = { ...call, componentActionKey: flow.trigger.key };
    const context = cloneJson(flow.definition.context);
    const returned = await handler(
      toContext(context, moment, opened.scopes, flow.logger),
      cloneJson(flow.definition.params),
    );
    const state = opened.close(returned);
    return { failure: null, ...(state ? { state } : {}) };
  } catch (thrown) {
    return { failure: describeThrown(thrown) };
  }
};
