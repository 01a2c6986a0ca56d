import type { SQS } from "@aws-sdk/client-sqs";
import { HooklineError } from "../../../errors";
import type { SqsSettings } from "./settings";

interface Answer<Output> {
  readonly output: Output;
  /** When SQS answered by its own clock, up to a second early: the Date header has whole seconds. */
  readonly at: Date;
}

/** Calls SQS and throws what the SDK throws. */
export interface SqsClient {
  readonly call: <Output extends object>(
    action: (sqs: SQS) => Promise<Output>,
  ) => Promise<Answer<Output>>;
  readonly close: () => void;
}

const CONNECT_MILLISECONDS = 3000;
/** A message of 1 MiB needs a while on a slow line; an answer waits a second at most. */
const ANSWER_MILLISECONDS = 10_000;
/** The first call included. Every call is safe to repeat: sending by its dedupe id, receiving by its attempt id. */
const TRIES = 3;

/** The header of an HTTP answer, wherever the SDK keeps the answer. Our own clock only where there is no such header. */
export const readAnswerTime = (response: unknown): Date => {
  const { headers } = (response ?? {}) as { headers?: Record<string, string> };
  const time = Date.parse(headers?.date ?? "");
  return Number.isNaN(time) ? new Date() : new Date(time);
};

const open = async (
  { region, credentials, endpoint }: SqsSettings,
  requestTimeout: number,
  times: WeakMap<object, Date>,
) => {
  const { SQS } = await import("@aws-sdk/client-sqs");
  const sqs = new SQS({
    region,
    credentials,
    ...(endpoint && { endpoint: endpoint.href }),
    maxAttempts: TRIES,
    retryMode: "standard",
    requestHandler: {
      connectionTimeout: CONNECT_MILLISECONDS,
      requestTimeout,
      throwOnRequestTimeout: true,
    },
  });
  sqs.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      times.set(result.output, readAnswerTime(result.response));
      return result;
    },
    { step: "initialize", name: "readAnswerTime" },
  );
  return sqs;
};

/** Loads the SDK and makes its client on the first call. Its idle connections do not keep the process alive. */
export const createSqsClient = (
  settings: SqsSettings,
  answerMilliseconds = ANSWER_MILLISECONDS,
): SqsClient => {
  const times = new WeakMap<object, Date>();
  let opened: Promise<SQS> | undefined;
  let isClosed = false;
  return {
    call: async (action) => {
      if (isClosed)
        throw new HooklineError("QUEUE_UNAVAILABLE", "Amazon SQS: the queue driver was closed.");
      opened ??= open(settings, answerMilliseconds, times);
      const output = await action(await opened);
      return { output, at: times.get(output) ?? new Date() };
    },
    close: () => {
      isClosed = true;
      opened?.then(
        (sqs) => sqs.destroy(),
        () => undefined,
      );
    },
  };
};
