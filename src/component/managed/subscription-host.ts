import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { ActionContext } from "@prismatic-io/spectral";
import { createApiClient } from "../../http/api-client";
import { createSetupPass } from "../../signatures/setup-pass";
import type { Fields } from "../../subscriptions/access";
import type { SubscriptionHost } from "../../subscriptions/host";

/** The platform stops a lifecycle function at 30 seconds; what is underway then still has to end, and a failure to be taken back. */
const BUDGET_MILLISECONDS = 18_000;
const CALL_MILLISECONDS = 6_000;
const SECRET_BYTES = 32;

/** What passes are made with: whoever holds the credentials may set up. Empty where there are none, because anybody could guess it. */
export const toPassKey = (fields: Fields): string => {
  const filled = Object.entries(fields).filter(([, value]) => value !== "");
  if (filled.length === 0) return "";
  return JSON.stringify(filled.sort(([one], [other]) => (one < other ? -1 : 1)));
};

/** Goes on evenly from now, whatever the machine's clock is set to meanwhile: one that is set back would make the budget longer than the platform's. */
const createClock = (): (() => Date) => {
  const origin = Date.now() - performance.now();
  return () => new Date(origin + performance.now());
};

/** The engine's surroundings during one lifecycle function or action. */
export const createSubscriptionHost = (
  { logger }: Pick<ActionContext, "logger">,
  fields: Fields,
): SubscriptionHost => {
  const now = createClock();
  return {
    connect: (options) => createApiClient({ timeoutMilliseconds: CALL_MILLISECONDS, ...options }),
    now,
    wait: async (milliseconds) => {
      await wait(milliseconds);
    },
    makeSecret: () => randomBytes(SECRET_BYTES).toString("hex"),
    makePass: (mark) => createSetupPass(toPassKey(fields), mark, new Date()),
    log: (message) => logger.info(message),
    deadline: new Date(now().getTime() + BUDGET_MILLISECONDS),
  };
};
