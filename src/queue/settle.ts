import { HooklineError } from "../errors";
import type { QueueDriver, Unsettled } from "./driver";
import { type LeaseHandle, readHandle } from "./handle";
import { checkLeaseCount, checkWhole, LONGEST_LEASE_SECONDS, toReason } from "./limits";
import { isExhausted, toBackoffSeconds } from "./policy";
import type { QueueAccess } from "./queue";

/** `stale`: the lease is lost (it expired, or was settled before), and nothing was changed. */
export interface Settlement<Status extends string> {
  readonly status: Status | "stale";
}

export interface Released extends Settlement<"released" | "deadLettered" | "blocked"> {
  /** When the message can be leased again, ISO 8601 by the engine's clock; null where it cannot. */
  readonly availableAt: string | null;
}

export interface Extended extends Settlement<"extended"> {
  /** ISO 8601, by the engine's clock; null for a lost lease. */
  readonly expiresAt: string | null;
}

interface Held {
  readonly driver: QueueDriver;
  readonly handle: LeaseHandle;
}

const hold = ({ connection, driver }: QueueAccess, lease: string): Held => ({
  driver,
  handle: readHandle(lease, { connection, place: driver.place }),
});

const settled = <Answer>(answer: Answer | Unsettled): Answer | "stale" => {
  if (answer !== "early") return answer;
  throw new HooklineError(
    "LEASE_INVALID",
    "Lease: a message before this one, of the same ordering key, is not settled yet. Settle the messages of a key in the order in which they were leased.",
  );
};

/** Ends a message: it was handled. @throws HooklineError LEASE_INVALID, and what `QueueDriver` throws; as all of these. */
export const acknowledge = async (
  access: QueueAccess,
  lease: string,
): Promise<Settlement<"acknowledged">> => {
  const { driver, handle } = hold(access, lease);
  const answer = settled(await driver.acknowledge(handle.claim));
  return { status: answer === "stale" ? "stale" : "acknowledged" };
};

export interface AcknowledgedAll {
  readonly acknowledged: number;
  readonly stale: number;
  readonly early: number;
  /** One for each lease, in order; `early`: a message before it, of the same ordering key, is not settled yet. */
  readonly statuses: readonly ("acknowledged" | Unsettled)[];
}

/**
 * Ends many messages in one call, each by itself; those of a key in the order in which they were leased.
 *
 * @param leases 1 to 1,000.
 */
export const acknowledgeAll = async (
  access: QueueAccess,
  leases: readonly string[],
): Promise<AcknowledgedAll> => {
  checkLeaseCount(leases.length);
  const claims = leases.map((lease) => hold(access, lease).handle.claim);
  const answers = await access.driver.acknowledgeAll(claims);
  const statuses = answers.map((answer) => (answer === "done" ? "acknowledged" : answer));
  const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
  return {
    acknowledged: count("acknowledged"),
    stale: count("stale"),
    early: count("early"),
    statuses,
  };
};

/** Sets a message aside, whatever its policy says. */
export const deadLetter = async (
  access: QueueAccess,
  lease: string,
  reason: string,
): Promise<Settlement<"deadLettered">> => {
  const { driver, handle } = hold(access, lease);
  const aside = { reason: toReason(reason, "Set aside by the flow."), blocksKey: false };
  const answer = settled(await driver.deadLetter(handle.claim, aside));
  return { status: answer === "stale" ? "stale" : "deadLettered" };
};

/** @param seconds 1 to 43,200, from now. */
export const extend = async (
  access: QueueAccess,
  lease: string,
  seconds: number,
): Promise<Extended> => {
  checkWhole("Lease (Seconds)", seconds, 1, LONGEST_LEASE_SECONDS);
  const { driver, handle } = hold(access, lease);
  const answer = await driver.extend(handle.claim, seconds);
  if (answer === "stale") return { status: "stale", expiresAt: null };
  return { status: "extended", expiresAt: answer.toISOString() };
};

/** What the policy says for a message that has had its last attempt. */
const giveUp = async ({ driver, handle }: Held, reason: string): Promise<Released> => {
  const { claim, attempt, policy } = handle;
  const blocksKey = policy.onExhausted === "block";
  const aside = { reason: toReason(reason, `Released after ${attempt} attempts.`), blocksKey };
  if (settled(await driver.deadLetter(claim, aside)) === "stale")
    return { status: "stale", availableAt: null };
  return { status: blocksKey ? "blocked" : "deadLettered", availableAt: null };
};

export interface Release {
  /** 0 to 43,200; the backoff of the policy where not given. */
  readonly delaySeconds: number | undefined;
  /** Kept if this was the last attempt. */
  readonly reason: string;
}

/** Gives a message back, to be tried again later; after the last attempt it is set aside. */
export const release = async (
  access: QueueAccess,
  lease: string,
  { delaySeconds, reason }: Release,
): Promise<Released> => {
  if (delaySeconds !== undefined)
    checkWhole("Delay (Seconds)", delaySeconds, 0, LONGEST_LEASE_SECONDS);
  const held = hold(access, lease);
  const { claim, attempt, policy } = held.handle;
  if (isExhausted(policy, attempt)) return giveUp(held, reason);
  const pause = delaySeconds ?? Math.ceil(toBackoffSeconds(policy, attempt, Math.random()));
  const answer = settled(await held.driver.release(claim, pause));
  if (answer === "stale") return { status: "stale", availableAt: null };
  return { status: "released", availableAt: answer.toISOString() };
};
