import type { Challenge } from "./challenge";

/** Several challenges of one provider: a first handshake, and pings or heartbeats later. Each is asked before or after verification, as it says itself. */
export const firstChallenge = (...challenges: readonly [Challenge, ...Challenge[]]): Challenge => {
  const [{ signed }] = challenges;
  return {
    signed: challenges.every((challenge) => challenge.signed === signed) ? signed : "either",
    description: challenges.map(({ description }) => description).join("; "),
    answer: (request, context) => {
      for (const challenge of challenges) {
        const isDue = challenge.signed === "either" || challenge.signed === context.isVerified;
        const outcome = isDue ? challenge.answer(request, context) : undefined;
        if (outcome) return outcome;
      }
      return undefined;
    },
  };
};
