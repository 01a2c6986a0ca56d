import { toPlainHttpsUrl } from "../http/plain-https";
import { emptyReply } from "../http/reply";
import { describeSource, readSource, type Source } from "../http/source";
import { type Challenge, refused } from "./challenge";
import { describeRecognition, isChallenge, type Recognition } from "./match";

export interface ConfirmByUrlOptions {
  readonly when: Recognition;
  readonly url: Source;
  /** Where the URL may point. Anything else would let a stranger make us send requests. */
  readonly isPinned: (url: URL) => boolean;
}

/** The provider signs a message with a URL that we have to fetch. */
export const confirmByUrl = ({ when, url, isPinned }: ConfirmByUrlOptions): Challenge => ({
  signed: true,
  description: `${describeRecognition(when)} → ${describeSource(url)} is fetched, then 200`,
  answer: (request) => {
    if (!isChallenge(when, request)) return undefined;
    const [text = ""] = readSource(url, request);
    const target = toPlainHttpsUrl(text);
    if (!target || !isPinned(target))
      return refused("claim-mismatch", "The confirmation URL does not point at the provider.");
    return { kind: "answered", reply: emptyReply(), confirmationUrl: target.href };
  },
});
