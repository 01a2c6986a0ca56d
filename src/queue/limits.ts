import { HooklineError } from "../errors";
import type { DriverTraits } from "./driver-traits";
import type { NewMessage } from "./message";

export const LARGEST_KEY_BYTES = 4096;
const LONGEST_NAME = 200;
const MOST_MESSAGES_PER_CALL = 10_000;
/** More would have to be held in memory several times over. */
const MOST_CHARACTERS_PER_CALL = 67_108_864;
const MOST_LEASES = 1000;
/** What Amazon SQS allows, and long enough for every engine: a flow of Prismatic runs for 15 minutes at most. */
export const LONGEST_LEASE_SECONDS = 43_200;
export const LONGEST_DEDUPE_WINDOW_SECONDS = 2_592_000;

const invalid = (label: string, advice: string): HooklineError =>
  new HooklineError("INPUT_INVALID", `${label}: ${advice}`);

/** @throws HooklineError INPUT_INVALID unless it is a whole number inside the range. */
export const checkWhole = (label: string, value: number, from: number, to: number): number => {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw invalid(label, `enter a whole number from ${from} to ${to}.`);
};

export const checkLeaseCount = (count: number): void => {
  if (count < 1 || count > MOST_LEASES)
    throw invalid("Leases", `reference from 1 to ${MOST_LEASES} leases.`);
};

export const isQueueName = (name: string): boolean =>
  name.trim() !== "" && name.length <= LONGEST_NAME && !/\p{Cc}|\p{Cs}/u.test(name);

export const checkQueueName = (name: string): string => {
  if (name.trim() === "") throw invalid("Queue", "enter the name of the queue.");
  if (isQueueName(name)) return name;
  throw invalid("Queue", `use at most ${LONGEST_NAME} characters, and no control characters.`);
};

const checkKey = (label: string, key: string): void => {
  if (key === "") throw invalid(label, "it is empty.");
  if (Buffer.byteLength(key) > LARGEST_KEY_BYTES)
    throw invalid(
      label,
      `it has more than ${LARGEST_KEY_BYTES} bytes; use a shorter one or a hash.`,
    );
};

const checkBody = (body: string, { engine, largestBodyBytes }: DriverTraits): void => {
  const bytes = Buffer.byteLength(body);
  if (bytes > largestBodyBytes)
    throw invalid(
      "Body",
      `it has ${bytes} bytes, and ${engine} takes ${largestBodyBytes}. Keep the data elsewhere, and enqueue where it is.`,
    );
};

const checkDelay = (delaySeconds: number, { engine, longestDelaySeconds }: DriverTraits): void => {
  if (longestDelaySeconds === 0 && delaySeconds !== 0)
    throw invalid("Delay (Seconds)", `${engine} cannot delay single messages of a FIFO queue.`);
  checkWhole("Delay (Seconds)", delaySeconds, 0, longestDelaySeconds);
};

/** @throws HooklineError INPUT_INVALID, before anything is sent. */
export const checkMessages = (messages: readonly NewMessage[], traits: DriverTraits): void => {
  if (messages.length > MOST_MESSAGES_PER_CALL)
    throw invalid("Messages", `enqueue at most ${MOST_MESSAGES_PER_CALL} at once.`);
  const characters = messages.reduce((sum, { body }) => sum + body.length, 0);
  if (characters > MOST_CHARACTERS_PER_CALL)
    throw invalid(
      "Messages",
      `together they have ${characters} characters, and ${MOST_CHARACTERS_PER_CALL} can be enqueued at once. Enqueue fewer at a time.`,
    );
  for (const { orderingKey, dedupeKey, body, delaySeconds } of messages) {
    checkKey("Ordering Key", orderingKey);
    checkKey("Dedupe Key", dedupeKey);
    checkBody(body, traits);
    checkDelay(delaySeconds, traits);
  }
};

export const checkDedupeWindow = (
  seconds: number | undefined,
  { engine, usualDedupeWindowSeconds: usual, dedupeWindowIsFixed }: DriverTraits,
): number => {
  if (seconds === undefined || seconds === usual) return usual;
  if (dedupeWindowIsFixed)
    throw invalid(
      "Dedupe Window (Seconds)",
      `${engine} remembers for ${usual} seconds, not longer and not shorter. Enter nothing.`,
    );
  return checkWhole("Dedupe Window (Seconds)", seconds, 1, LONGEST_DEDUPE_WINDOW_SECONDS);
};

/** @param form Of the cursors that the driver gives. @throws HooklineError INPUT_INVALID for any other text. */
export const checkCursor = (cursor: string, form: RegExp): string => {
  if (form.test(cursor)) return cursor;
  throw invalid("Cursor", "this is none. Reference the cursor of the page before as it was given.");
};

/** A reason as every engine can keep it: one line, not endless. */
export const toReason = (text: string, usual: string): string =>
  text
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 1000) || usual;
