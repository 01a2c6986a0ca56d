import { byQueue } from "../../by-queue";
import type { Claim, QueueDriver, Unsettled } from "../../driver";
import type { Calls } from "./calls";
import { readReference } from "./reference";

type Settling = Pick<
  QueueDriver,
  "extend" | "acknowledge" | "acknowledgeAll" | "release" | "deadLetter"
>;

const isUnsettled = (answer: string): answer is Unsettled =>
  answer === "stale" || answer === "early";

/** In one transaction for each queue. */
const createAcknowledgeAll =
  ({ call }: Calls): QueueDriver["acknowledgeAll"] =>
  (claims) =>
    byQueue(claims, async (queue, own) => {
      const references = own.map(({ reference }) => readReference(reference));
      const [row] = await call<{ answer: ("done" | Unsettled)[] }>(
        "acknowledge_all",
        [
          queue,
          references.map(({ key }) => key),
          references.map(({ seq }) => seq),
          references.map(({ token }) => token),
        ],
        ([first]) => first?.answer.includes("stale") ?? false,
      );
      return row?.answer ?? [];
    });

export const createSettling = (calls: Calls): Settling => {
  const { call } = calls;
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
    acknowledgeAll: createAcknowledgeAll(calls),
    release: (claim, delaySeconds) => settleUntil("release", claim, delaySeconds),
    deadLetter: (claim, { reason, blocksKey }) =>
      settleForGood("dead_letter", claim, reason, blocksKey),
  };
};
