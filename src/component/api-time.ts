import { setTimeout as wait } from "node:timers/promises";
import { createApiClient } from "../http/api-client";
import type { SubscriptionHost } from "../subscriptions/host";

/** The platform stops a lifecycle function at 30 seconds; what is underway then still has to end, and a failure to be taken back. */
const BUDGET_MILLISECONDS = 18_000;
const CALL_MILLISECONDS = 6_000;

/** Goes on evenly from now, whatever the machine's clock is set to meanwhile: one that is set back would make the budget longer than the platform's. */
const createClock = (): (() => Date) => {
  const origin = Date.now() - performance.now();
  return () => new Date(origin + performance.now());
};

/** The time that calls of a provider's API may take, counted from now. */
export const createApiTime = (): Pick<
  SubscriptionHost,
  "connect" | "now" | "wait" | "deadline"
> => {
  const now = createClock();
  return {
    connect: (options) => createApiClient({ timeoutMilliseconds: CALL_MILLISECONDS, ...options }),
    now,
    wait: async (milliseconds) => {
      await wait(milliseconds);
    },
    deadline: new Date(now().getTime() + BUDGET_MILLISECONDS),
  };
};
