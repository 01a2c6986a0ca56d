import { HooklineError } from "../../../errors";
import { isMissingQueue, readServiceError, type ServiceError, toCode } from "./service-error";

const refusedKey =
  /^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|AuthFailure|InvalidSecurity|OptInRequired|NotSignedUp)/;
const expired = /^(ExpiredToken|RequestExpired|TokenRefreshRequired)/;
const denied =
  /^(AccessDenied|AuthorizationError|KmsAccessDenied|KmsOptInRequired|UnauthorizedOperation)/;
const throttled =
  /^(RequestThrottled|Throttl|TooManyRequests|SlowDown|KmsThrottled|OverLimit|RequestLimit)/;
/** From Node and the SDK, in a code or in words: there was no answer, or not in time. */
const unanswered = /\b(TimeoutError|AbortError|E[A-Z_]{4,}|socket hang up)\b/;

const connection = (advice: string): HooklineError =>
  new HooklineError("CONNECTION_INVALID", `Amazon SQS: ${advice}`);

const unavailable = (advice: string, cause: unknown): HooklineError =>
  new HooklineError("QUEUE_UNAVAILABLE", `Amazon SQS: ${advice}`, { cause, retryable: true });

const unusable = (queue: string, advice: string, cause?: unknown): HooklineError =>
  new HooklineError("QUEUE_UNUSABLE", `The queue "${queue}" of Amazon SQS ${advice}`, { cause });

const describeDenied = ({ message }: ServiceError, queue: string): string => {
  const [, action] = /perform: ([\w:]+)/.exec(message) ?? [];
  const what = action === undefined ? "this" : action.replace(/^sqs:/i, "sqs:");
  return `the access key may not do ${what} on the queue "${queue}". Allow it in IAM, and if the queue is encrypted with a key of your own, in KMS as well.`;
};

/** What SQS says of a signature repeats the signed request, session token included: those words are not passed on. */
const toConnectionError = (error: ServiceError, queue: string): HooklineError | undefined => {
  const { code, status } = error;
  if (expired.test(code))
    return connection("the temporary credentials have expired. Enter new ones, with their token.");
  if (denied.test(code)) return connection(describeDenied(error, queue));
  if (refusedKey.test(code) || status === 401 || status === 403)
    return connection(
      `the access key is refused (${code}). Check Access Key ID, Secret Access Key, Session Token and Region.`,
    );
  return undefined;
};

const toUnavailableError = (error: ServiceError, thrown: unknown): HooklineError | undefined => {
  const { code, status = 0, message } = error;
  if (throttled.test(code) || status === 429)
    return unavailable(
      `it takes no more at the moment (${code}). Try again later, and settle or release what is leased.`,
      thrown,
    );
  if (status >= 500 || /^Invalid MD5/.test(message))
    return unavailable(`it failed (${code}). Try again later.`, thrown);
  const { code: cause } = (thrown ?? {}) as { code?: unknown };
  const [reason] = unanswered.exec(`${code} ${cause} ${message}`) ?? [];
  if (reason === undefined || status !== 0) return undefined;
  return unavailable(
    `it does not answer (${reason}). Try again later, and check Region and Endpoint of the connection.`,
    thrown,
  );
};

const toUnusableError = (error: ServiceError, queue: string, thrown: unknown): HooklineError => {
  const { code, message } = error;
  if (isMissingQueue(thrown))
    return unusable(
      queue,
      "does not exist, or the access key may not see it. Run Ensure Queue in a flow that runs on deploy.",
    );
  if (code === "QueueDeletedRecently")
    return unusable(queue, "was removed a moment ago. Wait 60 seconds, and make it again.", thrown);
  if (/must be shorter than/.test(message) || code === "BatchRequestTooLong")
    return unusable(
      queue,
      "takes smaller messages only. Raise its maximum message size to 1 MiB, or run Ensure Queue to see what it takes.",
      thrown,
    );
  return unusable(queue, `cannot be used (${code}): ${message.slice(0, 300)}`, thrown);
};

/** What a caller of the driver gets to read. */
export const toQueueError = (thrown: unknown, queue: string): HooklineError => {
  if (thrown instanceof HooklineError) return thrown;
  const error = readServiceError(thrown);
  return (
    toConnectionError(error, queue) ??
    toUnavailableError(error, thrown) ??
    toUnusableError(error, queue, thrown)
  );
};

/** One entry that SQS did not take, as it tells in the answer of a call that did something else. */
export interface FailedEntry {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
  readonly SenderFault?: boolean | undefined;
}

/** As an error of the SDK, so that it is read like one. */
export const toEntryError = ({
  Code = "InternalError",
  Message,
  SenderFault,
}: FailedEntry): Error =>
  Object.assign(new Error(Message ?? ""), {
    name: toCode(Code),
    $metadata: { httpStatusCode: SenderFault ? 400 : 500 },
  });
