import { HooklineError } from "../errors";
import type { ApiAnswer } from "../http/api-request";
import { isTransient } from "./caller";
import { withExpiry } from "./expiry";
import { isSuccess, toRefusal } from "./refusal";
import type { ApiSubscription } from "./subscription";
import type { Created, Wanted } from "./subscription-state";
import { fail, type Result, sendOnce, tell, type Work } from "./work";

const TAKEN = /already (exists|been taken|in use|registered)|duplicate|must be unique/i;

const isConflict = ({ isConflict: recognise }: ApiSubscription, answer: ApiAnswer): boolean => {
  if (recognise) return recognise(answer);
  const { status, data } = answer;
  return status === 409 || ([400, 422].includes(status) && TAKEN.test(JSON.stringify(data)));
};

/** Nothing where the answer does not tell the id and a look at the list may. */
const readMade = (
  work: Work,
  wanted: Wanted,
  answer: ApiAnswer,
  now: Date,
): Created | undefined => {
  const { place, subscription, conflicts } = work;
  const made = subscription.create.read(answer, { wanted, scope: place.scope, now });
  if (made.id !== "") work.made.add(made.id);
  if (made.id !== "" && (subscription.secret !== "returned" || made.secret))
    return withExpiry(made, subscription, wanted, now);
  if (made.id === "" && subscription.list && !conflicts.has(wanted.key)) {
    conflicts.add(wanted.key);
    return undefined;
  }
  const lacking = made.id === "" ? "id" : "signing secret";
  throw new HooklineError(
    "SUBSCRIPTION_FAILED",
    `The provider made subscription "${wanted.key}" and its answer holds no ${lacking}. Look for it at the provider.`,
  );
};

const TWIN =
  "There is one already that is not known as this flow's, so it is left alone: remove it at the provider if it is, and deploy again.";

/** The first time, a look at the list tells whether the one in the way is ours. */
const meetConflict = (work: Work, wanted: Wanted, answer: ApiAnswer): Result => {
  const { subscription, conflicts, secrets } = work;
  if (subscription.list && !conflicts.has(wanted.key)) {
    conflicts.add(wanted.key);
    return "open";
  }
  const attempt = `create subscription "${wanted.key}"`;
  const hint = `${TWIN} ${subscription.hints?.[answer.status] ?? ""}`.trim();
  throw toRefusal({ attempt, answer, hints: { [answer.status]: hint }, secrets });
};

/** Creates a subscription and notes it. @throws HooklineError where the provider refuses it. */
export const createOne = async (work: Work, wanted: Wanted): Promise<Result> => {
  const { subscription, place, host, ledger } = work;
  const { scope } = place;
  const now = host.now();
  const answer = await sendOnce(work, subscription.create.request({ wanted, scope, now }));
  if (!answer) return "open";
  if (isConflict(subscription, answer)) return meetConflict(work, wanted, answer);
  if (answer.status === 429) return "again";
  if (isTransient(answer.status)) return "open";
  if (!isSuccess(answer)) return fail(work, `create subscription "${wanted.key}"`, answer);
  const made = readMade(work, wanted, answer, now);
  if (!made) return "open";
  ledger.write(wanted, made, now);
  tell(work, "Created subscription", wanted.key);
  return "settled";
};
