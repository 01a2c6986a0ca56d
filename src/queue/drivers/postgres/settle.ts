import type { Claim, QueueDriver, Unsettled } from "../../driver";
import type { Calls } from "./calls";
import { readReference } from "./reference";

type Settling = Pick<QueueDriver, "extend" | "acknowledge" | "release" | "deadLetter">;

const isUnsettled = (answer: string): answer is Unsettled =>
  answer === "stale" || answer === "early";

export const createSettling = ({ call }: Calls): Settling => {
  const settle = async (
    name: string,
    { queue, reference }: Claim,
    ...values: readonly unknown[]
  ): Promise<string> => {
    const { key, seq, token } = readReference(reference);
    const [row] = await call<{ answer: string }>(
      name,
      [queue, key, seq, token, ...values],
      // Stale may then mean that the lost call settled it.
      ([first]) => first?.answer === "stale",
    );
    return row?.answer ?? "stale";
  };

  const settleUntil = async (
    name: string,
    claim: Claim,
    seconds: number,
  ): Promise<Date | Unsettled> => {
    const answer = await settle(name, claim, seconds);
    return isUnsettled(answer) ? answer : new Date(Number(answer));
  };

  const settleForGood = async (
    name: string,
    claim: Claim,
    ...values: readonly unknown[]
  ): Promise<"done" | Unsettled> => {
    const answer = await settle(name, claim, ...values);
    return isUnsettled(answer) ? answer : "done";
  };

  return {
    extend: async (claim, seconds) => {
      const answer = await settleUntil("extend", claim, seconds);
      return answer === "early" ? "stale" : answer;
    },
    acknowledge: (claim) => settleForGood("acknowledge", claim),
    release: (claim, delaySeconds) => settleUntil("release", claim, delaySeconds),
    deadLetter: (claim, { reason, blocksKey }) =>
      settleForGood("dead_letter", claim, reason, blocksKey),
  };
};
