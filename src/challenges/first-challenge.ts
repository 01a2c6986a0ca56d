import type { Challenge } from "./challenge";

/** Several challenges of one provider, either all signed or all not. */
export const firstChallenge = (...challenges: readonly [Challenge, ...Challenge[]]): Challenge => ({
  signed: challenges[0].signed,
  description: challenges.map(({ description }) => description).join("; "),
  answer: (request, context) => {
    for (const { answer } of challenges) {
      const outcome = answer(request, context);
      if (outcome) return outcome;
    }
    return undefined;
  },
});
