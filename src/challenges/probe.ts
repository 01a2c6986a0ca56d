import { emptyReply, type Reply } from "../http/reply";
import { answered, type Challenge } from "./challenge";
import { describeRecognition, isChallenge, type Recognition } from "./match";

export interface ProbeOptions {
  readonly when: Recognition;
  readonly signed: boolean;
  readonly reply?: Reply;
}

/** The provider only looks whether the endpoint answers. */
export const probe = ({ when, signed, reply = emptyReply() }: ProbeOptions): Challenge => ({
  signed,
  description: `${describeRecognition(when)} → ${reply.status}`,
  answer: (request) => (isChallenge(when, request) ? answered(reply) : undefined),
});
