import type { Reply } from "../http/reply";
import { describeSource, readSource, type Source } from "../http/source";
import {
  answered,
  type Challenge,
  type ChallengeContext,
  type ChallengeOutcome,
  refused,
} from "./challenge";
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

const notSet = (what: string, where: string) =>
  refused("secret-missing", `The challenge needs ${what}, and none is set: ${where}.`);

const answerWithMac = (
  { reply, needs }: MacEchoOptions,
  nonce: string,
  context: ChallengeContext,
): ChallengeOutcome => {
  if (needs !== undefined && !context.options[needs])
    return notSet(`the provider's ${needs}`, `add ${needs} to Options`);
  const mac = context.mac(nonce);
  return mac === undefined
    ? notSet("a signing secret", "fill in the Signing Secret connection")
    : answered(reply(nonce, mac, context));
};

/** The provider sends a nonce and expects its MAC, made with the key that signs deliveries. */
export const macEcho = (options: MacEchoOptions): Challenge => ({
  signed: options.signed,
  description: `${describeRecognition(options.when)} → 200 with ${options.answerShape}, for a ${describeSource(options.nonce)} of the form ${options.pattern.source}`,
  answer: (request, context) => {
    if (!isChallenge(options.when, request)) return undefined;
    const [nonce] = readSource(options.nonce, request);
    if (nonce === undefined) return undefined;
    return options.pattern.test(nonce)
      ? answerWithMac(options, nonce, context)
      : refused(
          "signature-malformed",
          "The challenge could be used to forge a delivery; it is not answered.",
        );
  },
});
