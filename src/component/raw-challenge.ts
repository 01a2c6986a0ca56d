import type { Challenge } from "../challenges/challenge";
import { echo } from "../challenges/echo";
import { echoHeader } from "../challenges/echo-header";
import { HooklineError } from "../errors";

/** The inputs of a challenge that is described by hand. */
export interface RawChallenge {
  readonly challenge: "none" | "echoQuery" | "echoBody" | "echoHeader";
  readonly challengeField: string;
  readonly challengeContentType: "text/plain" | "application/json";
}

const lastName = (path: string): string => path.split(".").at(-1) ?? path;

export const toRawChallenge = ({
  challenge,
  challengeField,
  challengeContentType,
}: RawChallenge): Challenge | undefined => {
  if (challenge === "none") return undefined;
  if (challengeField === "")
    throw new HooklineError(
      "INPUT_INVALID",
      "Challenge Field: name the field that holds the value to send back.",
    );
  if (challenge === "echoHeader") return echoHeader(challengeField.toLowerCase());
  const nonce = challenge === "echoQuery" ? { query: challengeField } : { json: challengeField };
  return echo({
    nonce,
    when: { all: [nonce] },
    ...(challengeContentType === "application/json" && { inField: lastName(challengeField) }),
  });
};
