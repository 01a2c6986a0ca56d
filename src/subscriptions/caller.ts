import { HooklineError } from "../errors";
import type { ApiAnswer, ApiRequest, SendRequest } from "../http/api-request";
import type { SubscriptionHost } from "./host";

type Clock = Pick<SubscriptionHost, "now" | "wait" | "deadline">;

const ATTEMPTS = 3;
const FIRST_PAUSE_MILLISECONDS = 500;
const TRANSIENT: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/** Milliseconds that the provider asks us to wait: seconds or an HTTP date. */
const readRetryAfter = ({ headers }: ApiAnswer, now: Date): number | undefined => {
  const text = headers.get("retry-after");
  if (text === undefined) return undefined;
  const milliseconds = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1_000
    : Date.parse(text) - now.getTime();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
};

const outOfTime = (cause?: unknown) =>
  new HooklineError(
    "SUBSCRIPTION_FAILED",
    "The time for one deploy is used up: the provider is too slow for all that there is to do. Deploy again, and choose fewer events if that happens again.",
    { retryable: true, cause },
  );

/** Waits before the next attempt; false where there is no time left for it. */
const pause = async (milliseconds: number, { now, wait, deadline }: Clock): Promise<boolean> => {
  if (now().getTime() + milliseconds >= deadline.getTime()) return false;
  await wait(milliseconds);
  return true;
};

type Attempt = { readonly answer: ApiAnswer } | { readonly error: unknown };

const attempt = async (send: SendRequest, request: ApiRequest): Promise<Attempt> => {
  try {
    return { answer: await send(request) };
  } catch (error) {
    if (error instanceof HooklineError && error.code === "PROVIDER_UNREACHABLE") return { error };
    throw error;
  }
};

/** A create that got no clear answer may have happened, so only a look at the list can tell; being told to slow down means that nothing happened. */
const isWorthRepeating = (request: ApiRequest, tried: Attempt): boolean => {
  if (request.method === "POST" && !request.isRead)
    return "answer" in tried && tried.answer.status === 429;
  return "error" in tried || TRANSIENT.includes(tried.answer.status);
};

const toPause = (tried: Attempt, count: number, now: Date): number =>
  ("answer" in tried ? readRetryAfter(tried.answer, now) : undefined) ??
  FIRST_PAUSE_MILLISECONDS * 2 ** count;

/** Whether there is a reason to try again, and time for it; waits until it is due. */
const awaitNext = async (
  request: ApiRequest,
  tried: Attempt,
  count: number,
  clock: Clock,
): Promise<boolean> =>
  count + 1 < ATTEMPTS &&
  isWorthRepeating(request, tried) &&
  pause(toPause(tried, count, clock.now()), clock);

/**
 * Repeats what may be repeated, as the provider asks and as long as there is time.
 *
 * @throws HooklineError PROVIDER_UNREACHABLE without any answer, SUBSCRIPTION_FAILED when the time is used up.
 */
export const createCaller =
  (send: SendRequest, clock: Clock): SendRequest =>
  async (request) => {
    if (clock.now() >= clock.deadline) throw outOfTime();
    let tried = await attempt(send, request);
    for (let count = 0; await awaitNext(request, tried, count, clock); count++)
      tried = await attempt(send, request);
    if ("answer" in tried) return tried.answer;
    throw tried.error;
  };

/** Whether a status leaves open what happened, or may be different next time. */
export const isTransient = (status: number): boolean => TRANSIENT.includes(status) || status >= 500;
