import { HooklineError } from "../../errors";
import type { DeliverySummary } from "../isolation/messages";
import type { Trigger } from "./component";

/** What a trigger returned, once it is known to keep the contract. */
export interface TriggerResult {
  readonly payload: unknown;
  readonly response: unknown;
  readonly branch: string | null;
  /** The object itself: it may also name state scopes. */
  readonly returned: unknown;
}

const unusable = (message: string): HooklineError =>
  new HooklineError("COMPONENT_UNUSABLE", message);

const readBranch = (trigger: Trigger, branch: unknown): string | null => {
  if (!trigger.allowsBranching) return null;
  const names = trigger.staticBranchNames ?? [];
  if (typeof branch === "string" && (names.includes(branch) || trigger.dynamicBranchInput)) {
    return branch;
  }
  throw unusable(
    `Trigger "${trigger.key}" returned branch ${JSON.stringify(branch)}, which is none of its branches: ${names.map((name) => `"${name}"`).join(", ")}.`,
  );
};

/**
 * Reads what a perform function returned.
 *
 * @throws HooklineError COMPONENT_UNUSABLE where the platform could not use it either.
 */
export const readTriggerResult = (trigger: Trigger, returned: unknown): TriggerResult => {
  if (returned === undefined || returned === null) {
    return { payload: undefined, response: undefined, branch: null, returned: undefined };
  }
  if (typeof returned !== "object") {
    throw unusable(
      `Trigger "${trigger.key}" returned a ${typeof returned}. Return an object with a payload, or nothing.`,
    );
  }
  const { payload, response, branch } = returned as Record<string, unknown>;
  return { payload, response, branch: readBranch(trigger, branch), returned };
};

const toWords = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;

const readReason = (rejection: unknown): string | null =>
  typeof rejection === "object" && rejection !== null && "reason" in rejection
    ? toWords(rejection.reason)
    : null;

/** Any component may describe the delivery it caught in `payload.delivery`; the console shows it. */
export const readDelivery = (payload: unknown): DeliverySummary | null => {
  const delivery = (payload as { delivery?: unknown } | null | undefined)?.delivery;
  if (typeof delivery !== "object" || delivery === null) return null;
  const { provider, type, verified, rejection } = delivery as Record<string, unknown>;
  return {
    provider: toWords(provider),
    type: toWords(type),
    verified: typeof verified === "boolean" ? verified : null,
    reason: readReason(rejection),
  };
};
