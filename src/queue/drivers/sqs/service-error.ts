/** What SQS answered instead of doing it, or what went wrong on the way. */
export interface ServiceError {
  /** Without the prefix that the older protocol put before it. */
  readonly code: string;
  readonly message: string;
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
  /** Whether SQS says that the call itself is wrong. */
  readonly isOurFault: boolean;
  readonly response: unknown;
}

const PREFIX = "AWS.SimpleQueueService.";

export const toCode = (name: string): string =>
  name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;

/** @param thrown By the SDK, whose classes are not loaded here. */
export const readServiceError = (thrown: unknown): ServiceError => {
  const { name, message, $metadata, $fault, $response } = (thrown ?? {}) as {
    name?: string;
    message?: string;
    $fault?: string;
    $metadata?: { httpStatusCode?: number };
    $response?: unknown;
  };
  return {
    code: toCode(name ?? "Error"),
    message: message ?? "",
    status: $metadata?.httpStatusCode,
    isOurFault: $fault === "client",
    response: $response,
  };
};

export const isMissingQueue = (error: unknown): boolean =>
  ["QueueDoesNotExist", "NonExistentQueue"].includes(readServiceError(error).code);

/**
 * Whether a receipt is not worth anything any more: its lease ran out, or its message was deleted or given back. A FIFO
 * queue refuses then, with one of several codes: https://github.com/aws/aws-sdk-js/issues/1279,
 * https://repost.aws/knowledge-center/sqs-receipt-handle-error
 */
export const isLostLease = (error: unknown): boolean => {
  const { code, message } = readServiceError(error);
  return (
    ["ReceiptHandleIsInvalid", "MessageNotInflight", "InvalidIdFormat"].includes(code) ||
    (code === "InvalidParameterValue" && /receipt handle|ReceiptHandle/.test(message))
  );
};

/** A message can be kept from others for 12 hours after it was received, and no longer. */
export const isBeyondLongestLease = (error: unknown): boolean => {
  const { code, message } = readServiceError(error);
  return code === "InvalidParameterValue" && /Total VisibilityTimeout/.test(message);
};
