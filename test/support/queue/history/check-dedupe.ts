import type { Entered, History } from "./events";
import type { Violation } from "./violation";

const lastsUntil = ({ clockStart, windowSeconds }: Entered): number =>
  clockStart + windowSeconds * 1000;

const isOriginal = ({ answer }: Entered): boolean => answer !== "duplicate";

const toProblem = (
  call: Entered,
  earlier: readonly Entered[],
): Violation["promise"] | undefined => {
  const { answer, clockStart, start } = call;
  const inWindow = earlier.filter(
    (one) => one.answer === "enqueued" && one.end < start && lastsUntil(one) > clockStart,
  );
  if (answer === "enqueued" && inWindow.length > 0) return "doubled";
  const isRepeat = earlier.some(
    (one) => isOriginal(one) && one.clockEnd + one.windowSeconds * 1000 > clockStart,
  );
  return answer === "duplicate" && !isRepeat ? "dropped" : undefined;
};

/**
 * Whether what was called a duplicate was one, and what was not was none.
 *
 * @param toDedupeKey The dedupe key of a message, which may have come more than once.
 */
export const checkDedupe = (
  history: History,
  toDedupeKey: (message: string) => string,
): Violation[] => {
  const calls = new Map<string, Entered[]>();
  for (const event of history) {
    if (event.kind !== "entered") continue;
    const dedupeKey = toDedupeKey(event.message);
    calls.set(dedupeKey, [...(calls.get(dedupeKey) ?? []), event]);
  }
  return [...calls.values()].flatMap((group) =>
    group.flatMap((call) => {
      const others = group.filter(
        (one) =>
          one !== call &&
          (one.start < call.end || (one.start === call.start && one.rank < call.rank)),
      );
      const promise = toProblem(call, others);
      const { key, message } = call;
      return promise ? [{ promise, key, message, detail: `it was ${call.answer}` }] : [];
    }),
  );
};
