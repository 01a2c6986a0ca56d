import type { Reply } from "../http/reply";
import { describeSource, readSource, type Source } from "../http/source";
import { answered, type Challenge, type ChallengeContext, refused } from "./challenge";
import { describeRecognition, isChallenge, type Recognition } from "./match";

export interface MacEchoOptions {
  readonly nonce: Source;
  readonly when: Recognition;
  readonly signed: boolean;
  /** Only a nonce of this form is signed: one that could be part of a delivery would make us sign a forgery. */
  readonly pattern: RegExp;
  readonly reply: (nonce: string, mac: string, context: ChallengeContext) => Reply;
  /** For people. */
  readonly answerShape: string;
}

/** The provider sends a nonce and expects its MAC, made with the key that signs deliveries. */
export const macEcho = ({
  nonce,
  when,
  signed,
  pattern,
  reply,
  answerShape,
}: MacEchoOptions): Challenge => ({
  signed,
  description: `${describeRecognition(when)} → 200 with ${answerShape}, for a ${describeSource(nonce)} of the form ${pattern.source}`,
  answer: (request, context) => {
    if (!isChallenge(when, request)) return undefined;
    const [text] = readSource(nonce, request);
    if (text === undefined) return undefined;
    if (!pattern.test(text))
      return refused(
        "signature-malformed",
        "The challenge could be used to forge a delivery; it is not answered.",
      );
    const mac = context.mac(text);
    return mac === undefined
      ? refused(
          "secret-missing",
          "The challenge needs a signing secret, and none is set: fill in the Signing Secret connection.",
        )
      : answered(reply(text, mac, context));
  },
});
