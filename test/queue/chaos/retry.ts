import { setTimeout as delay } from "node:timers/promises";
import { HooklineError } from "../../../src/errors";

const PAUSE_MILLISECONDS = 50;
const MOST_TRIES = 1200;

const isWorthRetrying = (error: unknown): boolean =>
  error instanceof HooklineError && error.retryable;

/** Calls until there is an answer. What is not worth a retry is thrown, as is what fails for minutes. */
export const callUntilAnswered = async <Answer>(
  call: () => Promise<Answer>,
  onFailure: () => void = () => undefined,
): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isWorthRetrying(error) || tries >= MOST_TRIES) throw error;
      onFailure();
      await delay(PAUSE_MILLISECONDS);
    }
  }
};
