import { HooklineError } from "../../errors";
import type { Answer, GuestFlow, RunCall, RunReport } from "../isolation/messages";
import { toUnrunReport } from "../isolation/unrun-report";
import { toErrorAnswer, toTriggerAnswer } from "./answer";
import { cloneJson } from "./clone";
import type { Trigger } from "./component";
import { type Logger, toContext } from "./context";
import { describeThrown } from "./describe-thrown";
import { readParts, toPayload } from "./payload";
import { openState } from "./state-scopes";
import { readDelivery, readTriggerResult, type TriggerResult } from "./trigger-result";
import type { PlatformUnknowns } from "./unknowns";

/** A flow whose component is loaded. */
export interface LoadedFlow {
  readonly definition: GuestFlow;
  readonly trigger: Trigger;
  readonly logger: Logger;
}

/** What all runs in a process share. */
export interface RunSurroundings {
  readonly unknowns: PlatformUnknowns;
  readonly stored: Map<string, string>;
  readonly stateBytes: number;
}

interface FinishedTrigger {
  readonly result: TriggerResult;
  readonly answer: Answer;
  readonly state: Record<string, string> | undefined;
}

const toFailure = ({ run }: RunCall, answer: Answer, failure: string): RunReport => ({
  run,
  ...toUnrunReport(answer, failure),
});

/** What becomes of a request that was let in while its flow was being taken out of service. */
export const toUndeployedReport = (call: RunCall): RunReport => {
  const message = "This flow is not deployed any more.";
  return toFailure(call, toErrorAnswer(404, message, call.executionId), message);
};

const runTrigger = async (
  { definition, trigger, logger }: LoadedFlow,
  call: RunCall,
  body: Buffer,
  { unknowns, stored, stateBytes }: RunSurroundings,
): Promise<FinishedTrigger | { readonly refusal: string }> => {
  const context = cloneJson(definition.context);
  const reading = readParts(call, body);
  const parts = reading && (await reading);
  const outcome = toPayload(call, body, context, unknowns, parts);
  if (outcome.isRefused) return { refusal: outcome.message };
  const state = openState(stored, definition.state, stateBytes);
  const moment = { ...call, componentActionKey: trigger.key };
  const returned = await trigger.perform(
    toContext(context, moment, state.scopes, logger),
    outcome.payload,
    cloneJson(definition.params),
  );
  const result = readTriggerResult(trigger, returned);
  return {
    result,
    answer: toTriggerAnswer(result.response, call.executionId, unknowns),
    state: state.close(result.returned),
  };
};

/**
 * One execution: the trigger, and after it nothing yet. Steps belong between `runTrigger` and the
 * report; the caller's answer is known before them, and a 401 in it does not keep them from running.
 */
export const runFlow = async (
  flow: LoadedFlow,
  call: RunCall,
  body: Buffer,
  surroundings: RunSurroundings,
): Promise<RunReport> => {
  try {
    const finished = await runTrigger(flow, call, body, surroundings);
    if ("refusal" in finished) {
      const answer = toErrorAnswer(400, finished.refusal, call.executionId);
      return toFailure(call, answer, finished.refusal);
    }
    const { result, answer, state } = finished;
    return {
      run: call.run,
      answer,
      flowRan: true,
      branch: result.branch,
      failure: null,
      delivery: readDelivery(result.payload),
      ...(state ? { state } : {}),
    };
  } catch (thrown) {
    const message = describeThrown(thrown);
    const status = thrown instanceof HooklineError ? 500 : surroundings.unknowns.throwStatus;
    return toFailure(call, toErrorAnswer(status, message, call.executionId), message);
  }
};
