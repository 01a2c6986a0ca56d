import { within } from "../../../within";

/** How long the server may stay silent; a command that carries much gets more. */
const SECONDS = 5;
const CHARACTERS_PER_SECOND = 1_000_000;

export const toPatience = (values: readonly (string | number)[]): number => {
  let characters = 0;
  for (const value of values) if (typeof value === "string") characters += value.length;
  return Math.ceil((SECONDS + characters / CHARACTERS_PER_SECOND) * 1000);
};

export const CONNECT_PATIENCE = SECONDS * 1000;

/** Waits so long, then gives up: `giveUp` ends what is waited for, so that it does not happen later on. */
export const waitFor = <Result>(
  work: Promise<Result>,
  milliseconds: number,
  giveUp: () => void,
): Promise<Result> =>
  within(milliseconds, work, () => {
    giveUp();
    return new Error(`no answer within ${Math.round(milliseconds / 1000)} seconds`);
  });
