import { HooklineError } from "../errors";
import type { Faults } from "./stand-in";

export const NO_FAULTS: Faults = {
  apiStatus: 0,
  retryAfterSeconds: 0,
  losesAnswers: false,
  slowMilliseconds: 0,
  duplicates: false,
  reorders: false,
  pauses: false,
  lateMilliseconds: 0,
};

const invalid = (problem: string) =>
  new HooklineError(
    "INPUT_INVALID",
    `${problem} Faults are: ${Object.entries(NO_FAULTS)
      .map(([name, value]) => `${name} (${typeof value === "number" ? "number" : "true or false"})`)
      .join(", ")}.`,
  );

const checkFault = ([name, value]: [string, unknown]): void => {
  if (!Object.hasOwn(NO_FAULTS, name)) throw invalid(`There is no fault "${name.slice(0, 40)}".`);
  if (typeof value !== typeof NO_FAULTS[name as keyof Faults])
    throw invalid(`Fault ${name} has the wrong type.`);
  if (typeof value === "number" && !(Number.isInteger(value) && value >= 0))
    throw invalid(`Fault ${name} has to be a whole number, 0 or more.`);
};

/** What was sent to switch faults on, laid over those that are on. @throws HooklineError INPUT_INVALID naming the fault that is wrong. */
export const readFaults = (sent: unknown, current: Faults): Faults => {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent))
    throw invalid("Faults are sent as a JSON object.");
  const changes = Object.entries(sent);
  for (const change of changes) checkFault(change);
  const faults: Faults = { ...current, ...Object.fromEntries(changes) };
  if (faults.apiStatus !== 0 && (faults.apiStatus < 200 || faults.apiStatus > 599))
    throw invalid("Fault apiStatus has to be a status from 200 to 599, or 0.");
  return faults;
};
