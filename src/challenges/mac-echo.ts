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
  /** The builder's setting without which there is no right answer. */
  readonly needs?: string;
  /** For people. */
  readonly answerShape: string;
}

const noSecret = refused(
  "secret-missing",
  "The challenge needs a signing secret, and none is set: fill in the Signing Secret connection.",
);

/** The provider sends a nonce and expects its MAC, made with the key that signs deliveries. */
export const macEcho = ({
  nonce,
  when,
  signed,
  pattern,
  reply,
  needs,
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
    if (needs !== undefined && !context.options[needs])
      return refused(
        "secret-missing",
        `The challenge needs the provider option ${needs}, and it is not set: add it to Options.`,
      );
    const mac = context.mac(text);
    return mac === undefined ? noSecret : answered(reply(text, mac, context));
  },
});
