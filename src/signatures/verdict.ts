/** Closed, public list: flow builders branch on it. */
export const rejectionReasons = [
  "source-not-allowed",
  "secret-missing",
  "signature-missing",
  "signature-malformed",
  "signature-mismatch",
  "timestamp-missing",
  "timestamp-malformed",
  "timestamp-outside-tolerance",
  "claim-mismatch",
  "key-unavailable",
  "body-too-large",
] as const;

export type RejectionReason = (typeof rejectionReasons)[number];

export interface Verified {
  readonly kind: "verified";
  /** Which of the given secrets matched, newest first; `null` where a key was fetched. */
  readonly secretIndex: number | null;
  /** The time the provider signed, where it signs one. */
  readonly sentAt: Date | null;
}

/** The builder chose, by name, a scheme that proves nothing. */
export interface Unsigned {
  readonly kind: "unsigned";
}

export interface Rejected {
  readonly kind: "rejected";
  readonly reason: RejectionReason;
  /** What to change, for people. Never a secret, a signature or a body. */
  readonly detail: string;
}

/** The outcome of verification. An expected failure is a value; an exception means that a person must act. */
export type Verdict = Verified | Unsigned | Rejected;

export const verified = (secretIndex: number | null, sentAt: Date | null = null): Verified => ({
  kind: "verified",
  secretIndex,
  sentAt,
});

export const unsigned: Unsigned = { kind: "unsigned" };

export const rejected = (reason: RejectionReason, detail: string): Rejected => ({
  kind: "rejected",
  reason,
  detail,
});
