import type { Connect } from "./connect";

/** What the engine needs of the world around it. */
export interface SubscriptionHost {
  readonly connect: Connect;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** A new secret: 32 random bytes, hex. */
  readonly makeSecret: () => string;
  /** A pass that lets the one handshake through that belongs to the subscription being made. */
  readonly makePass: (mark: string) => string;
  /** Progress, for the person who watches the deploy. Holds no secret. */
  readonly log: (message: string) => void;
  /** Nothing new is started after it; the platform stops a lifecycle function at 30 seconds. */
  readonly deadline: Date;
}
