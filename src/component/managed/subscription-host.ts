import { randomBytes } from "node:crypto";
import type { ActionContext } from "@prismatic-io/spectral";
import type { Fields } from "../../connections/connection";
import { createSetupPass } from "../../signatures/setup-pass";
import type { SubscriptionHost } from "../../subscriptions/host";
import { createApiTime } from "../api-time";

const SECRET_BYTES = 32;

/** What passes are made with: whoever holds the credentials may set up. Empty where there are none, because anybody could guess it. */
export const toPassKey = (fields: Fields): string => {
  const filled = Object.entries(fields).filter(([, value]) => value !== "");
  if (filled.length === 0) return "";
  return JSON.stringify(filled.sort(([one], [other]) => (one < other ? -1 : 1)));
};

/** The engine's surroundings during one lifecycle function or action. */
export const createSubscriptionHost = (
  { logger }: Pick<ActionContext, "logger">,
  fields: Fields,
): SubscriptionHost => ({
  ...createApiTime(),
  makeSecret: () => randomBytes(SECRET_BYTES).toString("hex"),
  makePass: (mark) => createSetupPass(toPassKey(fields), mark, new Date()),
  log: (message) => logger.info(message),
});
