/** Public, documented in docs/errors.md, never renamed. */
export type ErrorCode =
  | "PROVIDER_UNKNOWN"
  | "INPUT_INVALID"
  | "CONNECTION_INVALID"
  | "WEBHOOK_REJECTED"
  | "KEY_UNAVAILABLE"
  | "HANDSHAKE_FAILED"
  | "PROVIDER_UNREACHABLE"
  | "SUBSCRIPTION_FAILED"
  | "QUEUE_UNAVAILABLE"
  | "QUEUE_UNUSABLE"
  | "LEASE_INVALID"
  | "COMPONENT_UNUSABLE"
  | "DEPLOY_FAILED"
  | "INTEGRATION_INVALID"
  | "CONFIGURATION_INVALID"
  | "PORT_TAKEN"
  | "JOURNAL_UNAVAILABLE"
  | "DELIVERY_FAILED";

export interface HooklineErrorOptions extends ErrorOptions {
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable?: boolean;
}

/** A failure that a person must act on. Its message says what is wrong and what to do, and never carries a secret, a signature or a body. */
export class HooklineError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    { retryable = false, ...options }: HooklineErrorOptions = {},
  ) {
    super(message, options);
    this.name = "HooklineError";
    this.code = code;
    this.retryable = retryable;
  }
}

/** What a caught value says, in its own words. */
export const toMessage = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
