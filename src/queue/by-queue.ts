import type { Claim } from "./driver";

/** Deals with the claims of each queue together, and puts the answers back into the order of the claims. */
export const byQueue = async <Answer>(
  claims: readonly Claim[],
  work: (queue: string, own: readonly Claim[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> => {
  const queues = [...new Set(claims.map(({ queue }) => queue))];
  const answers = new Map<Claim, Answer>();
  for (const queue of queues) {
    const own = claims.filter((claim) => claim.queue === queue);
    const results = await work(queue, own);
    own.forEach((claim, index) => {
      answers.set(claim, results[index] as Answer);
    });
  }
  return claims.map((claim) => answers.get(claim) as Answer);
};
