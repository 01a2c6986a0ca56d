import { jsonReply, type Reply, textReply } from "../http/reply";
import { describeSource, readSource, type Source } from "../http/source";
import {
  answered,
  type Challenge,
  type ChallengeContext,
  type Refused,
  refused,
} from "./challenge";
import { describeRecognition, isChallenge, type Recognition } from "./match";

export interface EchoOptions {
  /** Where the nonce is that goes back. */
  readonly nonce: Source;
  readonly when: Recognition;
  readonly signed?: boolean;
  /** The JSON field in which the nonce goes back; without it the nonce is the whole body, as plain text. */
  readonly inField?: string;
  /** Where the provider shows the verify token that the builder set. */
  readonly verifyToken?: Source;
}

const LONGEST_NONCE = 2048;

/** Plain text that no browser may take for anything else: an attacker chooses it. */
const inertReply = (body: string): Reply => ({
  ...textReply(body),
  headers: { "X-Content-Type-Options": "nosniff" },
});

const checkToken = (given: string | undefined, context: ChallengeContext): Refused | undefined => {
  const isRight = context.isVerifyToken(given ?? "");
  if (isRight) return undefined;
  return isRight === undefined
    ? refused(
        "secret-missing",
        "The provider sent a verify token, and none is set: fill in Verify Token of the Signing Secret connection.",
      )
    : refused("claim-mismatch", "The verify token is not the one that is set.");
};

/** The provider sends a nonce and expects it back. */
export const echo = ({
  nonce,
  when,
  signed = false,
  inField,
  verifyToken,
}: EchoOptions): Challenge => ({
  signed,
  description: `${describeRecognition(when)} → 200 with ${describeSource(nonce)} ${inField ? `as JSON field ${inField}` : "as plain text"}`,
  answer: (request, context) => {
    if (!isChallenge(when, request)) return undefined;
    const [text] = readSource(nonce, request);
    if (text === undefined) return undefined;
    if (text.length > LONGEST_NONCE)
      return refused("signature-malformed", "The challenge is too long to be one.");
    const refusal = verifyToken && checkToken(readSource(verifyToken, request)[0], context);
    return refusal ?? answered(inField ? jsonReply({ [inField]: text }) : inertReply(text));
  },
});
