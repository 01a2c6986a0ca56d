import { createHmac } from "node:crypto";
import { sameText } from "./shared-token";

/** Longer than any provider waits for the answer to its handshake, and than a deploy may take. */
const VALID_MILLISECONDS = 120_000;

/** The machine that makes a pass and the one that checks it need not have the same time to the second. */
const CLOCKS_APART_MILLISECONDS = 30_000;

const macOf = (key: string, subject: string, expires: string): string =>
  createHmac("sha256", key).update(`hookline setup ${subject} ${expires}`).digest("hex");

/** A pass for the one handshake that a set-up of ours brings about. Nothing has to be saved for it, because it proves itself. */
export const createSetupPass = (key: string, subject: string, now: Date): string => {
  const expires = (now.getTime() + VALID_MILLISECONDS).toString(36);
  return `${expires}.${macOf(key, subject, expires)}`;
};

/** Whether a pass was made by us, for this subject, not long ago. */
export const isSetupPass = (pass: string, key: string, subject: string, now: Date): boolean => {
  const [expires = "", mac = ""] = pass.split(".");
  const left = Number.parseInt(expires, 36) - now.getTime();
  const isTimely = left > 0 && left <= VALID_MILLISECONDS + CLOCKS_APART_MILLISECONDS;
  return isTimely && key !== "" && sameText(mac, macOf(key, subject, expires));
};
