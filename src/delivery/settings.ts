import type { Provider } from "../providers/provider";

/** What the builder and the host decide about a delivery. */
export interface DeliverySettings {
  readonly provider: Provider;
  /** Newest first. */
  readonly secrets: readonly string[];
  readonly username?: string;
  readonly verifyToken?: string;
  readonly options: Readonly<Record<string, string>>;
  /** Overrides the provider's replay window. */
  readonly toleranceSeconds?: number;
  /** CIDR ranges; empty for no check. */
  readonly allowedSources?: readonly string[];
  /** The header in which the host puts the sender's address. */
  readonly sourceHeader?: string;
  readonly now: Date;
  /** A test by the platform with a made-up request: nothing is verified, and the delivery says so. */
  readonly isSimulated?: boolean;
  /** Whether the request belongs to a subscription that is being made right now. Where nobody can tell: whether no secret is set yet. */
  readonly isSettingUp?: boolean;
  /** Fetches text over https, without redirects. */
  readonly fetchText: (url: string) => Promise<string>;
}
