import type { InboundRequest } from "../http/inbound-request";
import { emptyReply, type Reply } from "../http/reply";

/** What a challenge may use. It never sees how signatures are made: it asks for a MAC. */
export interface ChallengeContext {
  /** Whether the request's signature has been verified by now. */
  readonly isVerified: boolean;
  /** Whether a provider may hand over a secret now: its subscription is being made, or no secret is set yet. */
  readonly isSettingUp: boolean;
  /** Whether a text is one of the signing secrets, compared in constant time. */
  readonly isSecret: (text: string) => boolean;
  /** Whether a text is the verify token that the builder set, compared in constant time; `undefined` where none is set. */
  readonly isVerifyToken: (text: string) => boolean | undefined;
  /** The MAC of a text as deliveries are signed; `undefined` without a usable secret. Never call it on text that could be a delivery. */
  readonly mac: (text: string) => string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly kind: "answered";
  readonly reply: Reply;
  /** An https URL on the provider's pinned host that has to be fetched before the reply counts. */
  readonly confirmationUrl?: string;
}

export interface Refused {
  readonly kind: "refused";
  readonly reply: Reply;
  readonly reason: "secret-missing" | "claim-mismatch" | "signature-malformed";
  readonly detail: string;
}

export type ChallengeOutcome = Answered | Refused;

/** How a provider checks that an endpoint is ours before, or between, its deliveries. */
export interface Challenge {
  /** True: answered only after the request's signature verified. False: the provider cannot sign it. "either": several challenges, of both sorts. */
  readonly signed: boolean | "either";
  /** For people: what it recognises and what it answers. */
  readonly description: string;
  /** The answer, or nothing when the request is not a challenge. */
  readonly answer: (
    request: InboundRequest,
    context: ChallengeContext,
  ) => ChallengeOutcome | undefined;
}

export const answered = (reply: Reply): Answered => ({ kind: "answered", reply });

/** A header goes back as it came, with an empty body. */
export const answeredWithHeader = (name: string, value: string): Answered =>
  answered({ ...emptyReply(), headers: { [name]: value } });

export const refused = (reason: Refused["reason"], detail: string, status = 403): Refused => ({
  kind: "refused",
  reason,
  detail,
  reply: emptyReply(status),
});
